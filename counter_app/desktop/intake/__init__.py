"""The intake: from a scanned card to a durable dossier and its receipt."""

from counter_app.desktop.intake.presenter import IntakePresenter
from counter_app.desktop.intake.view import IntakeView, build

__all__ = ["IntakePresenter", "IntakeView", "build"]
