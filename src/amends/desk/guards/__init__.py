"""Guards: what keeps a shop clear of disputes, of false promises and of a network's line."""
