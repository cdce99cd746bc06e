"""The window: Qt Widgets in code; each screen a presenter without Qt and a view that shows."""
