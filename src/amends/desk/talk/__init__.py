"""Mail that leaves the house, and what the team is told."""
