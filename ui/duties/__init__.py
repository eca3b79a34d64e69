"""Recurring duties in the window: the list of them, and the form of one."""
