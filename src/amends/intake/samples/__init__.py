"""Three sample shops, as export files: what `amends up` shows when it starts empty."""
