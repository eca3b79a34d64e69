"""An address read once for all that is asked of it: its key, and what may be sent to a server."""

import re

from planner.geocoding.parse import StreetLine, parse_street_line, whole_address, without_unit
from planner.model.places import PostalAddress
from planner.model.street_names import normalise_town, plain_words, state_code, zip5
from planner.values import Struct

_PARTS = re.compile(r"[\n\r,;|]+")


class Asked(Struct, frozen=True):
    """An address and the business there (perhaps empty text), and their parts as they are compared: empty where nothing is said."""

    address: PostalAddress
    name: str
    line: StreetLine
    city: str
    state: str
    zip: str

    @property
    def key(self) -> str:
        """What two ways to write one address have in common.

        Case, abbreviations, suites and ZIP+4 make no difference. Where no house number is given, the business's name tells apart.
        """
        house = " ".join(str(number) for number in self.line.houses[:1])
        street = self.line.key or " ".join(plain_words(self.address.street))
        name = "" if house else normalise_town(self.name)
        return f"{house}|{street}|{self.city}|{self.state}|{self.zip}|{name}"

    @property
    def may_go_online(self) -> bool:
        """Whether asking a server can help: a street, or a business by its name, in a town; never a post office box."""
        if self.line.po_box and not self.line.houses:
            return False
        return bool((self.line.key or self.name.strip()) and (self.city or self.zip))


def read_asked(address: PostalAddress, name: str = "") -> Asked:
    """Read an address, whole ones in the street line too."""
    whole = whole_address(address)
    line = parse_street_line(whole.street)
    return Asked(whole, name, line, normalise_town(whole.city), state_code(whole.state), zip5(whole.postcode))


def address_key(address: PostalAddress, name: str = "") -> str:
    """The key under which what a server said of an address is kept; see `Asked.key`."""
    return read_asked(address, name).key


def street_text(asked: Asked) -> str:
    """House number and street as they were written, without suites, boxes and persons: what a server understands best."""
    wanted = (asked.line.houses, asked.line.key)
    for part in _PARTS.split(asked.address.street):
        text = without_unit(part).strip()
        line = parse_street_line(text)
        if asked.line.key and (line.houses, line.key) == wanted and not line.po_box:
            return text
    return " ".join((*(str(number) for number in asked.line.houses[:1]), asked.line.key)).strip()
