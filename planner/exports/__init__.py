"""Plans and tables become files."""
