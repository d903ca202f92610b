"""Stand-ins for the outside systems, over real HTTP on loopback: for tests, and for anyone who wants to try things offline.

They check signatures, keep idempotency and move a real balance as the real ones do, and misbehave on command.
"""
