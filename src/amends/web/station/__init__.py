"""The pages of the station: made for a scanner, a keyboard, or a telephone with its camera."""
