"""The week optimiser: value, schedule, search, reasons."""
