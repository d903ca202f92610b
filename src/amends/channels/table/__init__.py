"""A plain table of cases, for every shop that no channel connects."""
