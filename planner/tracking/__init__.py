"""What really happened: trips, drives, visits, and what they say about accounts and reps. Values in, values out."""
