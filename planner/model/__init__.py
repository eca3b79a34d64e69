"""The nouns of Roadbook: frozen values without behaviour beyond their own arithmetic."""
