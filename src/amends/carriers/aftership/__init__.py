"""AfterShip."""
