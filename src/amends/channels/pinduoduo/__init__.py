"""拼多多 (Pinduoduo)."""
