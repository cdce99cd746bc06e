"""The scans of a dossier, paper by paper: a sheet of the dossier's screen."""

from counter_app.desktop.scans.presenter import ScansPresenter
from counter_app.desktop.scans.view import ScansPanel

__all__ = ["ScansPanel", "ScansPresenter", "build"]


def build(presenter: ScansPresenter) -> ScansPanel:
    """Return the panel of `presenter`, wired to it."""
    panel = ScansPanel()
    panel.paper_chosen.connect(presenter.choose_paper)
    panel.scan_chosen.connect(presenter.choose_scan)
    panel.files_given.connect(presenter.add_files)
    panel.pictures_given.connect(presenter.add_pictures)
    panel.unreachable_given.connect(presenter.refuse_unreachable)
    panel.nothing_copied.connect(presenter.refuse_nothing)
    panel.scanner_wanted.connect(presenter.take_from_scanner)
    panel.looked.connect(presenter.look_into_folder)
    panel.folder_chosen.connect(presenter.choose_folder)
    panel.deleting_chosen.connect(presenter.choose_deleting)
    panel.results_chosen.connect(presenter.choose_results)
    panel.open_wanted.connect(presenter.open_scan)
    panel.turned.connect(presenter.turn)
    panel.moved.connect(presenter.move)
    panel.withdrawn.connect(presenter.withdraw)
    panel.earlier_wanted.connect(presenter.show_earlier)
    panel.withdrawal_wanted.connect(presenter.ask_why)
    panel.left.connect(presenter.steps_back)
    panel.reused.connect(presenter.reuse)
    panel.problems_read.connect(presenter.forget_problems)
    presenter.attach(panel)
    return panel
