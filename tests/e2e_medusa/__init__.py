"""End to end against a real Medusa server: `make e2e-medusa`. No part of `make test`."""
