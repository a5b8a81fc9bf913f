"""Places in a text as Qt counts them: in UTF-16 units, of which an emoji is two."""


def units(text: str) -> int:
    """How many units a text has."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def characters(text: str, place: int) -> int:
    """How many characters stand before a place in a text, in units."""
    return len(text.encode("utf-16-le", "surrogatepass")[: 2 * place].decode("utf-16-le", "ignore"))
