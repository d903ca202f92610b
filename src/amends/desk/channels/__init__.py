"""Connected shops: connecting them, hearing them, reading them."""
