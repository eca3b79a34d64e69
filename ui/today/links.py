"""Links out of the Today page: to call, to write, and to be led there by another program; followed only when they are pressed."""

import re
from urllib.parse import quote

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

MIN_DIGITS = 3
_EXTENSION = re.compile(r"(?:ext\.?|x|#)\s*(\d+)\s*$", re.IGNORECASE)


def call_link(number: str) -> str:
    """The tel: link of a telephone number as people write it; empty when it is none."""
    extension = _EXTENSION.search(number)
    main = number[: extension.start()] if extension else number
    digits = re.sub(r"[^0-9]", "", main)
    if len(digits) < MIN_DIGITS:
        return ""
    plus = "+" if main.strip().startswith("+") else ""
    return f"tel:{plus}{digits}{f';ext={extension.group(1)}' if extension else ''}"


def mail_link(address: str) -> str:
    """The mailto: link of a mail address, without anything else it may carry; empty when it is none."""
    name, at, host = address.strip().partition("@")
    return f"mailto:{quote(name, safe='')}@{quote(host, safe='.-')}" if name and at and host and "@" not in host else ""


def follow(link: str) -> None:
    """Hand a link to the program that the system has for it."""
    QDesktopServices.openUrl(QUrl(link))
