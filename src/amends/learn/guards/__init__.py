"""What keeps a shop clear of trouble before it comes: the lines of card networks, the words of listings, the page of the policy."""
