"""The station: where goods come back, are received, inspected and given their place."""
