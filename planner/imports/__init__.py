"""Files become records plus a list of problems."""
