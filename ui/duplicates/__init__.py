"""Accounts that stand twice, side by side."""
