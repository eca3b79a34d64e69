"""Trips and the mileage log: planned against what was, costs, drives to confirm."""
