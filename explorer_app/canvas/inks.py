"""Which colours a card has by its look."""

from PySide6.QtGui import QColor, QPen

from explorer_app.canvas.appearance import Look
from explorer_app.canvas.strokes import pen
from explorer_app.canvas.theme import Theme, blend


class Inks:
    """Colours of cards in a theme."""

    def __init__(self, theme: Theme) -> None:
        self.theme = theme

    def fill_of(self, look: Look, *, has_rows: bool = False) -> QColor:
        """What a card, or its head, is filled with."""
        if look.dim:
            return self.theme.color("card_dim")
        if look.heat is not None and not has_rows:
            return self.theme.heat(look.heat)
        return self.theme.color(look.fill or "card")

    def head_of(self, look: Look) -> QColor:
        """What the part behind the name is filled with."""
        hot = look.heat is not None and not look.dim
        return self.theme.heat(look.heat or 0.0) if hot else self.fill_of(look)

    def ink(self, look: Look) -> QColor:
        """The colour of the name."""
        if look.dim:
            return self.theme.color("dim_text")
        return self.theme.ink_on(self.head_of(look))

    def soft_ink(self, look: Look) -> QColor:
        """The colour of the second line."""
        if look.dim:
            return self.theme.color("dim_text")
        return self.ink(look) if look.heat is not None else self.theme.color("muted")

    def icon_color(self, kind: str, look: Look) -> QColor:
        """The colour of the icon."""
        if look.dim:
            return self.theme.color("edge")
        return self.ink(look) if look.heat is not None else self.theme.color(f"kind.{kind}")

    def border(self, look: Look) -> QPen:
        """The outline: full colour only where it is loud, so that a large result stays quiet."""
        color = self.theme.color("border_dim" if look.dim else look.tone or "border_strong")
        marked = bool(look.active or look.letter or look.mark or look.loud)
        if look.tone and not look.dim and not marked:
            color = blend(color, self.theme.color("border_strong"), 0.5)
        if look.active:
            width = self.theme.line["active"]
        elif marked:
            width = 1.6
        else:
            width = 1.1 if look.tone else 1.0
        return pen(color, width, dash=(4, 3) if look.mark == "removed" else ())

    def dot_color(self, kind: str, look: Look) -> QColor:
        """The colour of a node where there is no room for a card."""
        if look.tone:
            return self.theme.color(look.tone)
        if look.category >= 0:
            return self.theme.category(look.category)
        if look.heat is not None:
            return self.theme.heat(look.heat)
        return self.theme.color(f"kind.{kind}")
