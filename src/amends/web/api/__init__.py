"""The HTTP API `/api/v1`: one router a noun, every verb of the desk, no sessions and no cookies."""
