"""What happened, so that anyone can check it: the book, and truths that are tested while the system runs."""
