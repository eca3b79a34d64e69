"""Places that a person should look at: accounts that stand nowhere, or perhaps in the wrong spot."""
