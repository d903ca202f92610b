"""Freight: parcels brought back on their way, the way back and who pays it, claims against carriers."""
