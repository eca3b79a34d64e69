"""Hints that go away: one at a time, each once."""
