"""`python -m amends` is the `amends` command."""

from amends.wiring import run

run()
