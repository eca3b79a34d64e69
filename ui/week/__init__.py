"""The Week page: the list of what was left out, and the board of the five days."""
