"""Plans carried out: steps under a lease, the one wire to the outside, receipts. Once each, whatever crashes or repeats."""
