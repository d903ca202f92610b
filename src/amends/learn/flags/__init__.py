"""Flags: reasons for a closer look at a case, added up, and from where on the merchant's own past says that a look is worth it."""
