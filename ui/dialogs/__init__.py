"""Questions and answers in a window of their own."""
