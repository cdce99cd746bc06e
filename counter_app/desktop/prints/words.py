"""What is said of a print job and of a printer, and what can be done about it; without Qt."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import Enum
from typing import Final

from counter_app.desktop.navigator import Tone
from counter_app.desktop.standing import age
from counter_app.desktop.wording import Tag
from counter_app.devices.printers import Condition, PrinterStatus
from counter_app.domain.print_job import ENDED, JobState, PrintJob
from counter_app.i18n import N_, _, format_instant

HANGS_AFTER: Final = timedelta(minutes=2)
"""A printer that has not answered for so long may not answer any more."""

_TONES: Final[dict[JobState, Tone]] = {
    JobState.WAITING: "info",
    JobState.PRINTING: "info",
    JobState.DONE: "good",
    JobState.FAILED: "danger",
    JobState.UNKNOWN: "warning",
    JobState.DISCARDED: "neutral",
}
_CONDITIONS: Final = {
    Condition.READY: N_("ready"),
    Condition.BUSY: N_("printing"),
    Condition.ERROR: N_("does not print"),
    Condition.GONE: N_("not there"),
}
_SAYS: Final = {
    JobState.WAITING: N_(
        "It has not been sent yet. Print it now, on this printer or another; nothing is lost "
        "meanwhile."
    ),
    JobState.PRINTING: N_("It is being sent to the printer {printer}."),
    JobState.UNKNOWN: N_(
        "The program ended while it was at the printer {printer}. Look whether it lies there: "
        "what did not come out is printed as the very same copy, and is no reprint."
    ),
    JobState.DONE: N_("{officer} has sent it to the printer {printer}."),
}
_WAITS_FOR_THE_USUAL: Final = N_(
    "It goes to the usual printer, as soon as the system says which that is. If that takes long, "
    "look whether the printers in the network are switched on, or save it as a PDF; nothing is "
    "lost meanwhile."
)
_HANGS: Final = N_(
    "The printer {printer} has not answered for {age}. Look whether the paper lies there; if "
    "not, print it on another printer."
)
IN_A_FILE: Final = N_("It was saved as a file.")


class Act(Enum):
    """What an officer may do about a print job."""

    CAME_OUT = "came_out"
    AGAIN = "again"
    LATER = "later"
    REPRINT = "reprint"
    SAVE = "save"
    OPEN = "open"
    DISCARD = "discard"
    DISCARD_IT = "discard_it"
    KEEP_IT = "keep_it"


_ACTS: Final[dict[JobState, tuple[Act, ...]]] = {
    JobState.WAITING: (Act.AGAIN, Act.SAVE, Act.DISCARD),
    JobState.FAILED: (Act.AGAIN, Act.SAVE, Act.DISCARD),
    JobState.UNKNOWN: (Act.CAME_OUT, Act.AGAIN, Act.LATER, Act.SAVE, Act.DISCARD),
    JobState.PRINTING: (),
    JobState.DONE: (Act.REPRINT,),
    JobState.DISCARDED: (Act.REPRINT,),
}
_IF_IT_HANGS: Final = (Act.CAME_OUT, Act.AGAIN, Act.LATER)


def hangs(job: PrintJob, now: datetime) -> bool:
    """Say whether a printer has had a job for so long that a person must look."""
    return job.state is JobState.PRINTING and now - job.changed_at >= HANGS_AFTER


def state_tag(job: PrintJob, now: datetime) -> Tag:
    """Return where a job stands, in words and with a colour."""
    if hangs(job, now):
        return Tag(_("No answer"), "warning")
    return Tag(f"{job.state}", _TONES[job.state])


def acts(job: PrintJob, now: datetime, *, reprints: bool) -> Sequence[Act]:
    """Return what can be done about a job; `reprints` if its paper can be made once more."""
    found = _IF_IT_HANGS if hangs(job, now) else _ACTS[job.state]
    kept = [act for act in found if reprints or act is not Act.REPRINT]
    return [*kept, *([Act.OPEN] if job.dossier_id else [])]


def explained(job: PrintJob, now: datetime) -> str:
    """Return what has become of a job, and what that means."""
    if hangs(job, now):
        return _(_HANGS).format(printer=job.printer or "–", age=age(now - job.changed_at))
    if job.state is JobState.DONE and not job.printer:
        return _(IN_A_FILE)
    if job.state is JobState.WAITING and not job.printer:
        return _(_WAITS_FOR_THE_USUAL)
    if job.problem and job.state in {JobState.FAILED, JobState.DISCARDED, JobState.DONE}:
        return job.problem
    return _(_SAYS[job.state]).format(printer=job.printer or "–", officer=job.officer)


def since(job: PrintJob, now: datetime) -> str:
    """Return how long a paper has been waited for, or when that ended."""
    if job.state in ENDED:
        return format_instant(job.changed_at.astimezone(now.tzinfo))
    return age(now - job.made_at)


def copy_words(job: PrintJob) -> str:
    """Return which print of its paper a job is."""
    return _("Reprint {number}").format(number=job.copy) if job.copy else _("First print")


def condition_words(printer: PrinterStatus) -> str:
    """Return how a printer is."""
    words = f"{printer.name}: {_(_CONDITIONS[printer.condition])}"
    usual = _("usual")  # not within the braces, where no translator finds it
    return f"{words} ({usual})" if printer.usual else words
