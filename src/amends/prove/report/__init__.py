"""The page of reports: how they are drawn."""
