"""Which part of a scene is seen, how large."""

from dataclasses import dataclass, replace

from explorer_app.scene.index import Window


@dataclass(frozen=True)
class Viewport:
    """A view of a scene. Points are logical px of the screen, from its top left.

    Attributes:
        width, height: of the view, logical px.
        zoom: logical px for a unit of the scene.
        x, y: the point of the scene in the middle.
        ratio: device px for a logical px.
    """

    width: int = 1
    height: int = 1
    zoom: float = 1.0
    x: float = 0.0
    y: float = 0.0
    ratio: float = 1.0

    @property
    def scale(self) -> float:
        """Device px for a unit of the scene."""
        return self.zoom * self.ratio

    @property
    def size(self) -> tuple[int, int]:
        """Of the view, device px."""
        return round(self.width * self.ratio), round(self.height * self.ratio)

    @property
    def corner(self) -> tuple[int, int]:
        """The top left of the view in the scaled scene, whole device px."""
        wide, high = self.size
        return round(self.x * self.scale) - wide // 2, round(self.y * self.scale) - high // 2

    @property
    def window(self) -> Window:
        """The part of the scene that is seen."""
        left, top = self.to_scene(0, 0)
        right, bottom = self.to_scene(self.width, self.height)
        return Window(left, top, right, bottom)

    def to_scene(self, x: float, y: float) -> tuple[float, float]:
        """The point of the scene at a point of the screen."""
        left, top = self.corner
        return (x * self.ratio + left) / self.scale, (y * self.ratio + top) / self.scale

    def to_screen(self, x: float, y: float) -> tuple[float, float]:
        """The point of the screen at a point of the scene."""
        left, top = self.corner
        return (x * self.scale - left) / self.ratio, (y * self.scale - top) / self.ratio

    def panned(self, x: float, y: float) -> "Viewport":
        """What is seen after the scene was drawn along by so many px."""
        return replace(self, x=self.x - x / self.zoom, y=self.y - y / self.zoom)

    def zoomed(self, zoom: float, x: float, y: float) -> "Viewport":
        """At another zoom, with what is at a point of the screen left where it is."""
        across, down = x - self.width / 2, y - self.height / 2
        return replace(
            self,
            zoom=zoom,
            x=self.x + across / self.zoom - across / zoom,
            y=self.y + down / self.zoom - down / zoom,
        )

    def fitted(
        self,
        bounds: tuple[float, float, float, float],
        margins: tuple[float, float, float, float],
        most: float,
    ) -> "Viewport":
        """With bounds (left, top, right, bottom) in the middle of what margins leave free."""
        left, top, right, bottom = margins
        wide, high = max(bounds[2] - bounds[0], 1.0), max(bounds[3] - bounds[1], 1.0)
        room_x, room_y = max(self.width - left - right, 1.0), max(self.height - top - bottom, 1.0)
        zoom = min(room_x / wide, room_y / high, most)
        return replace(
            self,
            zoom=zoom,
            x=(bounds[0] + bounds[2]) / 2 - (left - right) / 2 / zoom,
            y=(bounds[1] + bounds[3]) / 2 - (top - bottom) / 2 / zoom,
        )

    def between(self, other: "Viewport", share: float) -> "Viewport":
        """On the way to another view, zooming evenly."""
        zoom = self.zoom * (other.zoom / self.zoom) ** share
        return replace(
            other,
            zoom=zoom,
            x=self.x + (other.x - self.x) * share,
            y=self.y + (other.y - self.y) * share,
        )
