"""Tool tips of text that others wrote."""

from html import escape


def plain_tip(text: str) -> str:
    """A tool tip that shows a text as it is written: a name with < and & in it is only a name, long lines are wrapped."""
    return f"<qt>{escape(text).replace('\n', '<br>')}</qt>" if text else ""
