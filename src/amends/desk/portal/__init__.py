"""What a buyer can do without signing in: ask about an order, follow the case, withdraw from the contract."""
