"""Take apart the street line of an address as people type it."""

import re

from planner.model.places import PostalAddress
from planner.model.street_names import HouseNumber, house_numbers, normalise_street, state_code, zip5
from planner.values import Struct

_LONGEST = 300  # characters; what is longer is no address

_PO_BOX = re.compile(
    r"\b(?:p\.?\s*o\.?\s*(?:box|bx|drawer)\b|post\s+office\s+(?:box|drawer)\b|pob(?=\s*\d)|(?:lock)?box\s*#?\s*\d|caller\s+(?:service|box)\b"
    r"|general\s+delivery\b|(?:rr|r\.?r\.?|rural\s+(?:route|delivery)|hc|rd)\s*#?\s*\d+\s*,?\s*box\b)[\s.#:]*[\w-]*",
    re.IGNORECASE,
)
_UNIT = re.compile(
    r"\s*[,(]?\s*(?:"
    r"\b(?:suites?|ste|unit|apt|apartment|penthouse|ph|pmb)\b\.?\s*#?\s*[\w-]+"
    r"|\b(?:room|rm|floor|fl|flr|building|bldg|department|dept|lot|space|spc|trailer|trlr|hangar|hngr|office|ofc|level|stop|mail\s*stop|ms|slip|bay|dock|door)"
    r"\b\.?\s*#?\s*(?:[a-z]?-?\d[\w-]*|[a-z]\b)"
    r"|#\s*[\w-]+"
    r"|\b(?:\d{1,2}(?:st|nd|rd|th)|first|second|third|fourth|fifth|ground|main|top|lower|upper)\s+(?:floor|flr|fl|level)\b"
    r"|\b(?:rear|front|basement|bsmt|lobby|lbby|lowr|uppr|frnt)\s*$"
    r").*$",
    re.IGNORECASE,
)
_UNIT_BEFORE_STREET = re.compile(r"^(?:(?:suite|ste|unit|apt)\b\.?\s*#?|#)\s*[\w-]+[\s,]+(?=\S+\s+\S)", re.IGNORECASE)
_LEADING_UNIT = re.compile(
    r"^\s*(?:(?:suite|ste|unit|apt|room|rm|floor|bldg|building)\b\.?\s*#?|#)\s*[\w-]+\s*[-,]?\s*(?=\d)", re.IGNORECASE
)
_PERSON = re.compile(r"^\s*(?:attn|attention|c/o|care\s+of|dba)\b", re.IGNORECASE)
_NUMBER = re.compile(
    r"\s*(\d{1,6}(?:\s+[123]/[234]|\s*½|(?:\s*[-–&]\s*\d{1,6}(?![0-9a-z]))+|-?[a-z]\d{0,3}(?![0-9a-z]))?)(?![0-9a-z½/])[\s.]*(?=\S)",
    re.IGNORECASE,
)
_SPACED_LETTER = re.compile(r"([a-df-mo-rt-vx-z]|\d{1,3})\s+(?=\S+\s+\S)", re.IGNORECASE)
_STATE_ZIP_AT_END = re.compile(r"[,\s]+(?P<state>[A-Za-z]{2})\.?[,\s]+(?P<zip>\d{5}(?:-\d{4})?)\s*$")


class StreetLine(Struct, frozen=True):
    """What a street line says: the house numbers it can mean (best first), the street's key and whether it is a post office box.

    `other_house` and `other_key` are a second reading: in "201 K Main Street" the K may belong to the number.
    """

    houses: tuple[HouseNumber, ...] = ()
    key: str = ""
    po_box: bool = False
    other_house: HouseNumber | None = None
    other_key: str = ""


def parse_street_line(text: str) -> StreetLine:
    """Read a street line of one or several parts ("Attn: Jo, 500 E College Ave, Suite 3"); suites, floors and units are dropped."""
    text = text[:_LONGEST]
    without_box = _PO_BOX.sub("", text)
    po_box = without_box != text
    numbered = unnumbered = StreetLine(po_box=po_box)
    for part in re.split(r"[\n\r,;|]+", without_box):
        if _PERSON.match(part):
            continue
        line = _read_part(part, po_box)
        if line.houses and line.key:
            numbered = line
            break
        if line.key and not unnumbered.key:
            unnumbered = line
    return numbered if numbered.key else unnumbered


def _read_part(part: str, po_box: bool) -> StreetLine:
    part = _LEADING_UNIT.sub("", part)
    number = _NUMBER.match(part)
    rest = part[number.end() :] if number else part
    rest = without_unit(_UNIT_BEFORE_STREET.sub("", rest))
    key = normalise_street(rest)
    houses = house_numbers(number[1]) if number else ()
    letter = _SPACED_LETTER.match(rest) if len(houses) == 1 and not houses[0].suffix else None
    if letter is None:
        return StreetLine(houses, key, po_box)
    suffix = f"-{letter[1]}" if letter[1].isdigit() else letter[1].upper()
    return StreetLine(houses, key, po_box, HouseNumber(houses[0].number, suffix), normalise_street(rest[letter.end() :]))


def without_unit(text: str) -> str:
    """A street without its suite, floor or unit and what follows."""
    return _UNIT.sub("", text)


def whole_address(address: PostalAddress) -> PostalAddress:
    """Take the city, state and ZIP out of a street line that holds the whole address; other addresses come back as they are."""
    if address.city.strip() or address.postcode.strip() or not _STATE_ZIP_AT_END.search(address.street[:_LONGEST]):
        return address
    return parse_one_line(address.street)


def parse_one_line(text: str) -> PostalAddress:
    """Part an address written in one line, "500 E College Ave, State College, PA 16801"; what cannot be told apart stays in the street."""
    text = " ".join(text[:_LONGEST].replace("\n", ", ").split())
    state = postcode = ""
    end = _STATE_ZIP_AT_END.search(text)
    if end and state_code(end["state"]):
        state, postcode, text = end["state"], end["zip"], text[: end.start()]
    parts = [part.strip() for part in text.split(",") if part.strip()]
    if len(parts) > 1 and not postcode:
        town, state, postcode = _end_of_line(parts[-1])
        parts = [*parts[:-1], town] if town else parts[:-1]
    if len(parts) > 1:
        return PostalAddress(", ".join(parts[:-1]), parts[-1], state, postcode)
    return _tagged(" ".join(part for part in (*parts, state, postcode) if part))


def _end_of_line(text: str) -> tuple[str, str, str]:
    """Town, state and ZIP of the last part of a line, each perhaps empty: "State College PA 16801", "Pennsylvania", "16801"."""
    words = text.split()
    postcode = words.pop() if words and zip5(words[-1]) else ""
    if state_code(" ".join(words)):
        return "", " ".join(words), postcode
    state = words.pop() if len(words) > 1 and state_code(words[-1]) else ""
    return " ".join(words), state, postcode


def _tagged(text: str) -> PostalAddress:
    """Part an address without commas by the conditional random field of usaddress (Deng and Gregg, parserator)."""
    import usaddress

    parts: dict[str, list[str]] = {"street": [], "PlaceName": [], "StateName": [], "ZipCode": []}
    for word, label in usaddress.parse(text):
        parts[label if label in parts else "street"].append(word.strip(","))
    return PostalAddress(*(" ".join(words) for words in parts.values()))
