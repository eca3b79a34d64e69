"""Export of everything."""
