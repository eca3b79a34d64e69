"""The Today page: the stops of one day, readable at arm's length."""
