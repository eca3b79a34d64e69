"""Figures about the team, the pipeline and the trips, counted from what was logged. Values in, values out."""
