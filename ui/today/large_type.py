"""The type of the Today page when it is alone on the screen."""

import re

from ui.style import TEXT_PX, scaled
from ui.style_sheet import sheet

ZOOM = 1.5
_TYPE = re.compile(r"^(Q(?:Label|PushButton)[^{\n]*) \{[^}]*?font-size: (\d+)px", re.MULTILINE)


def large_sheet() -> str:
    """A style sheet that makes every label and button larger than in the window's own."""
    sizes = [("QLabel, QPushButton", str(TEXT_PX)), *_TYPE.findall(sheet("light"))]
    return "\n".join(f"{which} {{ font-size: {round(scaled(ZOOM * int(pixels)))}px; }}" for which, pixels in sizes)
