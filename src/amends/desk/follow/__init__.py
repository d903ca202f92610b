"""What follows a case that is over: the question to the buyer, and a second contact with those who were not content."""
