"""Parcels: followed, listened to, told to their cases, stopped."""
