"""Maps from servers: regions of a list, and areas piece by piece."""
