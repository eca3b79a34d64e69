"""Build the gazetteer of a pack: addresses, streets, towns and businesses."""
