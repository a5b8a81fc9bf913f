"""The painted graph: one widget over arrays. It knows boxes, names and curves, nothing of lineage.

    theme = Theme("light")
    prepared = PreparedScene(scene, theme)  # on any thread
    canvas = Canvas(theme)
    canvas.setScene(prepared)
    canvas.nodeClicked.connect(...)         # it says what a person does ...
    canvas.setLooks(looks)                  # ... and shows what comes of it

`Fonts` measures texts for whoever lays cards out; `draw_picture` draws without a window;
`accessible.install()` lets screen readers see the nodes.
"""
