"""Drives over the roads of a pack, on this laptop or through a service, and the drive times kept."""
