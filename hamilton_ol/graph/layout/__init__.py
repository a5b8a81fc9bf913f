"""Where the cards of a graph stand and how its edges run. It knows arrays, nothing of lineage.

    from hamilton_ol.graph.layout import Edges, Sheet, arrange

    layout = arrange(Sheet(["a", "b"], edges=Edges([0], [1])))
    layout.boxes     # x, y, width, height of each card
    layout.routes    # one smooth curve for each edge

`layouts` yields a first layout at once and better ones while there is time.
"""

from hamilton_ol.graph.layout.arranging import arrange, layouts
from hamilton_ol.graph.layout.result import Layout, Routes, Statistics
from hamilton_ol.graph.layout.sheet import Edges, Groups, Sheet
from hamilton_ol.graph.layout.style import Direction, Spacing, Style
from hamilton_ol.graph.layout.watch import Budget

__all__ = [
    "Budget",
    "Direction",
    "Edges",
    "Groups",
    "Layout",
    "Routes",
    "Sheet",
    "Spacing",
    "Statistics",
    "Style",
    "arrange",
    "layouts",
]
