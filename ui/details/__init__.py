"""The right panel: whatever is selected."""
