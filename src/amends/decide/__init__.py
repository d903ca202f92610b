"""Facts, rulebooks and a policy in; a Decision with every reason out. Pure: "now" is passed in."""
