"""The nouns: what a case, a finding and a decision are. Frozen, without behaviour of their own beyond reading themselves."""
