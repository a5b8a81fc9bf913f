"""What one consumer needs otherwise than the standard says.

Marquez 0.51: with a parent on its terminal event a failed node takes on its parent's colour; a
location of more than 255 characters, or such a field name, is answered 500 every time.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Profile:
    """The rules of one consumer.

    Attributes:
        parent_on_terminal: whether the terminal event repeats the parent.
        longest_url: characters of a location; 0 is no limit.
        longest_field: characters of a field's name; 0 is no limit.
        largest_event: bytes.
    """

    parent_on_terminal: bool = True
    longest_url: int = 0
    longest_field: int = 0
    largest_event: int = 250_000

    def takes_url(self, url: str) -> bool:
        """Whether a location is short enough."""
        return not self.longest_url or len(url) <= self.longest_url

    def field(self, name: str) -> str:
        """A field's name, cut where it must be."""
        if self.longest_field and len(name) > self.longest_field:
            return name[: self.longest_field - 1] + "…"
        return name


PROFILES = {
    "generic": Profile(),
    "marquez": Profile(parent_on_terminal=False, longest_url=255, longest_field=255),
}
