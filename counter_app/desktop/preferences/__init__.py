"""Settings of this PC, the officer's own password, the scanner's test, and the backup."""

from PySide6.QtWidgets import QWidget

from counter_app.desktop.preferences.presenter import PreferencesPresenter
from counter_app.desktop.preferences.view import PreferencesView

__all__ = ["PreferencesPresenter", "build"]


def build(presenter: PreferencesPresenter) -> QWidget:
    """Return the view of `presenter`, with its signals connected."""
    view = PreferencesView()
    view.settings_changed.connect(presenter.change)
    view.form_chosen.connect(presenter.edit_form)
    view.test_page_wanted.connect(presenter.print_test_page)
    view.scanner_test_wanted.connect(presenter.test_scanner)
    view.backup_wanted.connect(presenter.back_up)
    view.password_changed.connect(presenter.change_password)
    presenter.attach(view)
    return view
