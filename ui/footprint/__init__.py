"""The Footprint page: getting roads onto the laptop, and looking after those that are there."""
