"""The Accounts page: every account in a table."""
