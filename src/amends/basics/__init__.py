"""Money, clocks and calendars, periods: what every other room stands on. Nothing here knows of shops or cases."""
