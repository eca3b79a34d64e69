"""Text that others wrote, made fit to be shown."""


def one_line(text: str) -> str:
    """The text as one line of what can be printed: no control characters, which a terminal would obey, and single spaces."""
    return " ".join("".join(letter for letter in text if letter.isprintable() or letter.isspace()).split())
