"""Pieces of the window that several pages share."""
