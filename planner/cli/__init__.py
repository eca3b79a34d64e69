"""The command line: every verb without the window."""
