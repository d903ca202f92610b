"""The pages of a shop's buyers: no sign-in, the shop's own look, at work without a script."""
