"""Search or do anything: one field that finds accounts, places, actions, weeks, reps, pages and settings."""
