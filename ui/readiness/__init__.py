"""Before leaving: whether all that the week on show needs is on the laptop."""
