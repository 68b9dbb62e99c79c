"""Use cases: they check, then write, and never commit."""
