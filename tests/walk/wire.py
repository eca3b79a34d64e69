"""Just enough of D-Bus to ask a bus questions: calls with words and numbers in, any value out.

After the D-Bus Specification, sections "Authentication Protocol", "Message Protocol" and "Marshaling (Wire Format)".
"""

import os
import socket
import struct
from typing import Any

CALL, ANSWER, ERROR = 1, 2, 3
PATH, INTERFACE, MEMBER, REPLY_TO, DESTINATION, SIGNATURE = 1, 2, 3, 5, 6, 8
PATIENCE_S = 120.0
"""So long one answer may take: a window that works hard on a busy machine answers late."""
_NUMBERS = {"y": "B", "b": "I", "n": "h", "q": "H", "i": "i", "u": "I", "x": "q", "t": "Q", "d": "d"}
_ALIGNED_TO_8 = frozenset("xtd({")


class Refused(Exception):
    """The other side answered with an error, as for something that is gone meanwhile."""


class Bus:
    """One connection to a bus, which is asked one question at a time."""

    def __init__(self, address: str) -> None:
        """Connect to an address such as "unix:path=/tmp/dbus-1,guid=..."."""
        kind, _, where = address.split(",", maxsplit=1)[0].removeprefix("unix:").partition("=")
        self._socket = socket.socket(socket.AF_UNIX)
        self._socket.settimeout(PATIENCE_S)
        self._socket.connect("\0" + where if kind == "abstract" else where)
        self._socket.sendall(b"\0AUTH EXTERNAL " + str(os.getuid()).encode().hex().encode() + b"\r\n")
        if not self._socket.recv(256).startswith(b"OK"):
            raise ConnectionError(address)
        self._socket.sendall(b"BEGIN\r\n")
        self._serial = 0
        self.call("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", "Hello")

    def call(self, destination: str, path: str, interface: str, member: str, *values: str | int) -> Any:
        """Ask, and wait for the first value of the answer; numbers are sent unsigned. Raises Refused."""
        self._serial += 1
        signature = "".join("s" if isinstance(value, str) else "u" for value in values)
        body = bytearray()
        for value in values:
            _put(body, "s" if isinstance(value, str) else "u", value)
        fields = [(PATH, "o", path), (INTERFACE, "s", interface), (MEMBER, "s", member), (DESTINATION, "s", destination)]
        self._socket.sendall(_message(self._serial, [*fields, (SIGNATURE, "g", signature)], bytes(body)))
        while True:
            kind, header, content = self._receive()
            if header.get(REPLY_TO) == self._serial:
                break
        if kind == ERROR:
            raise Refused(f"{interface}.{member} of {path}")
        answer = _Reader(content).values(header.get(SIGNATURE, ""))
        return answer[0] if answer else None

    def close(self) -> None:
        """Hang up."""
        self._socket.close()

    def _receive(self) -> tuple[int, dict[int, Any], bytes]:
        start = self._exactly(16)
        body_size, _serial, fields_size = struct.unpack_from("<III", start, 4)
        padded = fields_size + -fields_size % 8
        reader = _Reader(start + self._exactly(padded), at=12)
        header = dict(reader.value("a(yv)"))
        return start[1], header, self._exactly(body_size)

    def _exactly(self, size: int) -> bytes:
        taken = bytearray()
        while len(taken) < size:
            part = self._socket.recv(size - len(taken))
            if not part:
                raise ConnectionError("the bus hung up")
            taken += part
        return bytes(taken)


def _message(serial: int, fields: list[tuple[int, str, str]], body: bytes) -> bytes:
    made = bytearray(struct.pack("<cBBBII", b"l", CALL, 0, 1, len(body), serial))
    inside = bytearray()
    for code, kind, text in fields:
        inside += bytes(-len(inside) % 8)
        inside += bytes((code,))
        _put(inside, "g", kind)
        _put(inside, kind, text)
    made += struct.pack("<I", len(inside)) + inside
    return bytes(made + bytes(-len(made) % 8) + body)


def _put(into: bytearray, kind: str, value: str | int) -> None:
    if isinstance(value, int):
        into += bytes(-len(into) % 4) + struct.pack("<I", value)
        return
    text = value.encode()
    if kind == "g":
        into += bytes((len(text),)) + text + b"\0"
    else:
        into += bytes(-len(into) % 4) + struct.pack("<I", len(text)) + text + b"\0"


class _Reader:
    """Reads values out of a message, one after another."""

    def __init__(self, data: bytes, at: int = 0) -> None:
        self._data, self._at = data, at

    def values(self, signature: str) -> list[Any]:
        """All values of a signature."""
        found = []
        while signature:
            first, signature = _first_type(signature)
            found.append(self.value(first))
        return found

    def value(self, kind: str) -> Any:
        """One value of one complete type."""
        first = kind[0]
        if first in _NUMBERS:
            return self._number(_NUMBERS[first])
        if first in "so":
            return self._text(self._number("I"))
        if first == "g":
            return self._text(self._number("B"))
        if first == "v":
            return self.value(self.value("g"))
        if first == "a":
            return self._array(kind[1:])
        self._align(8)
        return tuple(self.values(kind[1:-1]))

    def _array(self, of: str) -> list[Any]:
        size = self._number("I")
        self._align(8 if of[0] in _ALIGNED_TO_8 else 1 if of[0] in "ygv" else 2 if of[0] in "nq" else 4)
        end, found = self._at + size, []
        while self._at < end:
            found.append(self.value(of))
        return found

    def _number(self, form: str) -> Any:
        self._align(struct.calcsize(form))
        (number,) = struct.unpack_from("<" + form, self._data, self._at)
        self._at += struct.calcsize(form)
        return number

    def _text(self, size: int) -> str:
        text = self._data[self._at : self._at + size].decode()
        self._at += size + 1
        return text

    def _align(self, to: int) -> None:
        self._at += -self._at % to


def _first_type(signature: str) -> tuple[str, str]:
    """The first complete type of a signature, and the rest."""
    if signature[0] == "a":
        inner, rest = _first_type(signature[1:])
        return "a" + inner, rest
    if signature[0] in "({":
        depth = 0
        for at, char in enumerate(signature):
            depth += (char in "({") - (char in ")}")
            if not depth:
                return signature[: at + 1], signature[at + 1 :]
    return signature[0], signature[1:]
