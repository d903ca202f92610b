"""Returns to come: from what was sold, how long buyers take, and how often goods come back; with bands that are measured."""
