"""Reviews: taken in, answered from templates, looked at by a second person, and noted as answered."""
