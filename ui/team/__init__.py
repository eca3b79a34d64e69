"""The Team page: how it stands with each rep, and the sheet of the next one-on-one."""
