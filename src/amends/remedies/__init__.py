"""Ways of putting right, one file each: a decision in, the steps that carry it out out. Pure; brothers never import each other."""
