"""Roadbook without a window: accounts, roads, weeks, files."""

__version__ = "0.1.0"
