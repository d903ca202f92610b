"""Medusa 2: orders, returns and refunds of a shop, by its Admin API."""
