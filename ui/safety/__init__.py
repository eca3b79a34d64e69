"""What keeps the data safe: opening it, backups, checks and the passphrase."""
