"""The import wizard: which columns are what, what would change, what came of it."""
