"""The window: widgets, item models and what joins them to the model. Only here and in the canvas is Qt."""

# PySide reads the source of each module that is imported after it: what needs no Qt comes before it.
import explorer_app.loading.frames
import explorer_app.model.commands
import explorer_app.model.inspector
import explorer_app.model.palette  # noqa: F401
