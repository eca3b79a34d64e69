"""OSM extracts: check, merge, clip, and the outlines to clip by."""
