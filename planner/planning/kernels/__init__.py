"""The search's loops as machine code. Imported inside functions only: importing them loads numba."""
