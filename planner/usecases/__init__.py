"""The verbs of Roadbook: one function each, shared by the window, the command line and the tests."""
