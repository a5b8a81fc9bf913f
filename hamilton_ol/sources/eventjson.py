"""JSON as others write it, fast where it is as it should be."""

import json

import msgspec

from hamilton_ol.sources.eventparts import Event

_EVENT = msgspec.json.Decoder(Event)
_DECODER = json.JSONDecoder(parse_constant=lambda _: None)


def parsed(data: bytes) -> object:
    """The value.

    Raises:
        ValueError: it is no JSON; it says what is wrong, and where.
        RecursionError: it is nested too deeply.
    """
    try:
        return msgspec.json.decode(data)
    except (ValueError, RecursionError):
        return patiently_parsed(data)


def event_parsed(data: bytes) -> object:
    """The same, without the parts of an event that nobody reads, if it is one.

    Raises:
        ValueError, RecursionError: as above.
    """
    try:
        if not data.isascii():
            data.decode()  # else text that is none could be in what is passed over
        return _EVENT.decode(data)
    except (ValueError, RecursionError):
        return parsed(data)


def patiently_parsed(data: bytes) -> object:
    """The same in twice the time, and what only Python takes for JSON.

    A number that is none, such as NaN, is as good as nothing; text is also in UTF-16 and UTF-32,
    and half a character in it is kept.

    Raises:
        ValueError, RecursionError: as above.
    """
    return _DECODER.decode(data.decode(json.detect_encoding(data), "surrogatepass"))
