"""The week optimiser: what a visit is worth, when it can be made, which visits make the best week, and why."""
