"""Logging what happened at a visit, and what is kept of it."""
