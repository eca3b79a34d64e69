"""What was done: all of it, and to one account."""
