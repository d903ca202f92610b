"""A month of a shop that does not exist: orders, requests and disputes with five causes planted among chance. Same seed, same month."""
