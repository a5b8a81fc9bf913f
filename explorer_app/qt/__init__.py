"""The window: widgets, item models and what joins them to the model. Only here and in the canvas is Qt."""
