"""Street, town and house-number texts brought to one spelling, so that a file and the map mean the same by the same key.

The builder of the gazetteer and its reader must agree on every rule here: raise `GAZETTEER_FORMAT` when one changes.
Abbreviations follow USPS Publication 28, appendices B and C, and what people write besides.
"""

import re
import unicodedata
from types import MappingProxyType

from planner.values import Struct

GAZETTEER_FORMAT = 2

_DIRECTIONS = {
    "north": "n", "south": "s", "east": "e", "west": "w",
    "northeast": "ne", "northwest": "nw", "southeast": "se", "southwest": "sw",
}  # fmt: skip
DIRECTIONS = frozenset(_DIRECTIONS.values())
DIRECTION_WORDS = MappingProxyType(_DIRECTIONS)
"""The directions written out, and their keys."""

# Each line: the key, then the other ways to write it.
_KIND_LINES = """
aly alley ally allee
arc arcade
ave avenue av aven avenu avn avnue
bch beach
bnd bend
blf bluff
blvd boulevard boul boulv bvd blv bulevard
br branch
brg bridge
brk brook
byp bypass
cir circle circ crcle
clb club
cmn common
cmns commons
cor corner
cors corners
crse course
ct court crt
cts courts
cv cove
crk creek
cres crescent cresent
xing crossing crssing
curv curve
dl dale
dr drive driv drv
est estate
ests estates
expy expressway expway
ext extension extn
fld field
flds fields
frk fork
fwy freeway
gdn garden
gdns gardens
gtwy gateway
gln glen
grn green
grv grove
hbr harbor harbour
hvn haven
hts heights
hwy highway highwy hiway hiwy
hl hill
hls hills
holw hollow
is island
jct junction
knl knoll
lk lake
ln lane la
lndg landing
loop loops
mall
mnr manor
mdw meadow
mdws meadows
ml mill
mls mills
mtwy motorway
oval
park prk
pkwy parkway parkwy pkway pky
pass
path
pike
pl place
pln plain
plz plaza plza
pt point
pte pointe
rnch ranch
rdg ridge
riv river
rd road
row
run
shr shore
shrs shores
spg spring
spgs springs
sq square
sta station
st street str strt saint
smt summit
ter terrace terr
trce trace
trl trail
tpke turnpike trnpk
un union
vly valley
vw view
vlg village
vis vista
walk
way wy
wls wells
"""
_KINDS = {word: line.split()[0] for line in _KIND_LINES.strip().splitlines() for word in line.split()}
KINDS = frozenset(_KINDS.values())
KIND_WORDS = MappingProxyType(_KINDS)
"""Every way to write a kind of street, and its key."""

_OTHERS = {
    "mount": "mt", "mountain": "mtn", "fort": "ft", "center": "ctr", "centre": "ctr", "cntr": "ctr", "doctor": "dr",
    "junior": "jr", "senior": "sr", "route": "rt", "rte": "rt", "township": "twp", "county": "co", "cnty": "co",
    "interstate": "i", "business": "bus", "alternate": "alt", "and": "and", "intl": "international",
}  # fmt: skip

_UNITS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth",
          "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth")  # fmt: skip
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")

_STATE_LINES = """
al alabama
ak alaska
az arizona
ar arkansas
ca california
co colorado
ct connecticut
de delaware
dc district of columbia
fl florida
ga georgia
hi hawaii
id idaho
il illinois
in indiana
ia iowa
ks kansas
ky kentucky
la louisiana
me maine
md maryland
ma massachusetts
mi michigan
mn minnesota
ms mississippi
mo missouri
mt montana
ne nebraska
nv nevada
nh new hampshire
nj new jersey
nm new mexico
ny new york
nc north carolina
nd north dakota
oh ohio
ok oklahoma
or oregon
pa pennsylvania
pr puerto rico
ri rhode island
sc south carolina
sd south dakota
tn tennessee
tx texas
ut utah
vt vermont
va virginia
wa washington
wv west virginia
wi wisconsin
wy wyoming
"""
_STATES = {line[:2]: line[3:] for line in _STATE_LINES.strip().splitlines()}
_STATE_WORDS = frozenset(_STATES) | frozenset(_STATES.values())
_STATE_CODES = {name: code for code, name in _STATES.items()} | {code: code for code in _STATES} | {"penna": "pa", "penn": "pa"}
_ROUTE_NUMBER = re.compile(r"\d{1,4}[a-z]?")
_GLUED_ROUTE = re.compile(r"(us|pa|sr|rt|rte|hwy|cr|i)(\d{1,4}[a-z]?)")


def _ordinal(number: int) -> str:
    ending = "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


_ORDINALS = {word: _ordinal(number) for number, word in enumerate(_UNITS, start=1)} | {
    ten[:-1] + "ieth": _ordinal(10 * number) for number, ten in enumerate(_TENS, start=2)
}
_WORDS = _OTHERS | _KINDS | _DIRECTIONS | _ORDINALS


class StreetName(Struct, frozen=True):
    """The parts of a street's key: "w hamilton ave" is `before` "w", `core` "hamilton", `kind` "ave", `after` ""."""

    before: str
    core: str
    kind: str
    after: str


class HouseNumber(Struct, frozen=True, order=True):
    """A house number: 139A is (139, "A"), 139-2 is (139, "-2"), 121 1/2 is (121, "1/2")."""

    number: int
    suffix: str = ""

    def __str__(self) -> str:
        return f"{self.number} {self.suffix}" if "/" in self.suffix else f"{self.number}{self.suffix}"


def plain_words(text: str) -> list[str]:
    """Lower-case words without accents, apostrophes and punctuation."""
    if not text.isascii():
        text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    text = re.sub(r"['’`\u02bb]", "", text.casefold())
    text = re.sub(r"\.(?=\w\w)", " ", text).replace(".", "").replace("&", " and ")
    return re.sub(r"[^0-9a-z]+", " ", text).split()


def normalise_street(text: str) -> str:
    """The key of a street's name: "West Hamilton Avenue", "W. HAMILTON AVE." -> "w hamilton ave"; idempotent.

    Numbered highways lose their class, because people mix them up: "US 322", "State Route 322", "Hwy 322" -> "rt 322".
    """
    words: list[str] = []
    for word in plain_words(text):
        glued = _GLUED_ROUTE.fullmatch(word)
        words += [_WORDS.get(part, part) for part in (glued.groups() if glued else (word,))]
    return " ".join(_number_routes(_join_tens(words)))


def _join_tens(words: list[str]) -> list[str]:
    """Join "twenty", "1st" to "21st"."""
    joined: list[str] = []
    for word in words:
        if joined and joined[-1] in _TENS and word in _ORDINALS.values() and int(word[:-2]) < 10:
            joined[-1] = _ordinal(10 * (_TENS.index(joined[-1]) + 2) + int(word[:-2]))
        else:
            joined.append(word)
    return joined


def _number_routes(words: list[str]) -> list[str]:
    """Bring "us hwy 322" and "pa 322" to "rt 322", and "co rd 12" to "cr 12"."""
    for at in range(1, len(words)):
        if not _ROUTE_NUMBER.fullmatch(words[at]):
            continue
        start = at
        while start > 0 and _names_a_route(words, start - 1, at):
            start -= 1
        named = words[start:at]
        if named:
            county = "co" in named or "cr" in named
            interstate = named == ["i"]
            route = "cr" if county else "i" if interstate else "rt"
            return [*words[:start], route, *words[at:]]
    return words


def _names_a_route(words: list[str], at: int, number_at: int) -> bool:
    """Whether the word at `at`, followed by route words up to `number_at`, is part of the road's class."""
    word = words[at]
    followed = at + 1 < number_at
    if word in {"rt", "hwy", "us", "sr", "cr", "i"}:
        return True
    if word == "rd":  # "County Road 12", not "Mill Road 12"
        return at > 0 and words[at - 1] == "co"
    if word == "co" and followed:
        return True
    if word in {"state", "st"} or word in _STATE_WORDS:
        first = at == 0 or words[at - 1] in DIRECTIONS
        return followed or (first and word != "st")
    return False


def split_street(key: str) -> StreetName:
    """Part a normalised key; the core is never empty unless the key is ("n st" is the street N)."""
    words = key.split()
    before = kind = after = ""
    if len(words) > 1 and words[-1] in DIRECTIONS:
        after = words.pop()
    if len(words) > 1 and words[-1] in KINDS:
        kind = words.pop()
    if len(words) > 1 and words[0] in DIRECTIONS:
        before = words.pop(0)
    return StreetName(before, " ".join(words), kind, after)


_TOWN_FORMS = re.compile(r"^(?:city|town|village|borough|boro|township|twp) of | (?:city|borough|boro)$")
_TOWN_WORDS = {"saint": "st", "mount": "mt", "fort": "ft", "township": "twp", "center": "ctr", "centre": "ctr", "heights": "hts",
               "springs": "spgs", "north": "n", "south": "s", "east": "e", "west": "w"}  # fmt: skip


def normalise_town(text: str) -> str:
    """The key of a town's name: "Mount Joy Borough" and "MT. JOY" -> "mt joy"; idempotent."""
    words = " ".join(_TOWN_WORDS.get(word, word) for word in plain_words(text))
    while (shorter := _TOWN_FORMS.sub("", words).strip()) != words:
        words = shorter
    return words


def us_states() -> dict[str, str]:
    """The states of the US by their two letters, in the order of their names: {"AL": "Alabama"}."""
    named = sorted((name, code) for code, name in _STATES.items())
    return {code.upper(): name.title().replace(" Of ", " of ") for name, code in named}


def state_code(text: str) -> str:
    """The two letters of a US state, "Pennsylvania" and "pa" -> "PA"; nothing when it is none."""
    return _STATE_CODES.get(" ".join(plain_words(text)), "").upper()


def zip5(text: str) -> str:
    """The five digits of a ZIP or ZIP+4, or nothing when there are none; a lost leading zero is put back."""
    found = re.match(r"\s*(\d{4,5})(?:-?\d{4})?\s*$", text)
    return found.group(1).zfill(5) if found else ""


_HOUSE = re.compile(r"(\d{1,6})(?:\s*-?\s*([a-z]\d{0,3})|\s*-\s*(\d{1,5})([a-z]?)|\s+([123]/[234]))?(?![0-9a-z])", re.IGNORECASE)
_RANGE_LIMIT = 100
_ODD_RANGE_LIMIT = 12  # for 98-102; but 66-111 is one number in Hawaii


def house_numbers(text: str) -> tuple[HouseNumber, ...]:
    """All numbers a house-number text stands for; nothing when it has none.

    "12;14" is both. "120-124" is its own name and 120, 122, 124; "139-2" is one number, because a range rises.
    """
    found: list[HouseNumber] = []
    for piece in re.split(r"[;,&]", text.replace("½", " 1/2").replace("\u2013", "-")):
        house = _HOUSE.match(piece.strip())
        if house is None:
            continue
        first = int(house[1])
        last = int(house[3]) if house[3] and not house[4] else 0
        suffix = f"-{int(house[3])}{house[4].upper()}" if house[3] else (house[2] or house[5] or "").upper()
        found.append(HouseNumber(first, suffix))
        if first < last <= first + (_RANGE_LIMIT if len(house[1]) == len(house[3]) else _ODD_RANGE_LIMIT):
            step = 2 if (last - first) % 2 == 0 else 1
            found += [HouseNumber(number) for number in range(first, last + 1, step)]
    return tuple(dict.fromkeys(found))
