"""Reading reasons out of buyers' words, by word lists that anyone can look at."""
