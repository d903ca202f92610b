"""The evidence vault: what is kept of goods and listings, covered copies, notes, time stamps, retention, and the look through it all."""
