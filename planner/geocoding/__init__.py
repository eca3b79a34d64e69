"""Address text becomes places."""
