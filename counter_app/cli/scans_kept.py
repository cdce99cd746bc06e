"""`scans`: the scans of a dossier, listed, added, and written out for a reason."""

from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

import click

from counter_app.cli.choices import Choices, Command, pass_choices
from counter_app.i18n import N_, _, format_count, format_size, law

if TYPE_CHECKING:
    from counter_app.cli.results_scans import KeptScan, ScansResult
    from counter_app.desk import Desk
    from counter_app.domain.dossier import Scan
    from counter_app.services.scans import DossierScans


@click.command(
    cls=Command,
    help=N_(
        "List the scans of the dossier CODE (or its id). With --add: add the FILES, each a JPEG, "
        "PNG, TIFF, WebP or PDF, to the paper --component. With --open: write one scan to the "
        "file --out; who did it and the --reason are noted."
    ),
)
@click.argument("code")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option("--add", "adding", is_flag=True, help=N_("Add the FILES that follow CODE."))
@click.option("--component", default="", metavar="ID", help=N_("The paper that they show."))
@click.option(
    "--from-result",
    "from_result",
    is_flag=True,
    help=N_("They come from the result of another dossier."),
)
@click.option("--open", "opening", metavar="SCAN", type=click.UUID, help=N_("Write out one scan."))
@click.option("--reason", default="", metavar="TEXT", help=N_("Why it is opened."))
@click.option(
    "--out", type=click.Path(path_type=Path, dir_okay=False), help=N_("The file to write it to.")
)
@pass_choices
def scans(
    choices: Choices,
    code: str,
    files: tuple[Path, ...],
    *,
    adding: bool,
    component: str,
    from_result: bool,
    opening: UUID | None,
    reason: str,
    out: Path | None,
) -> None:
    """List the scans of a dossier, add some, or write one out for a reason."""
    if adding != bool(files) or (adding and opening is not None):
        raise click.UsageError(_("FILES are wanted with --add, and only with it."))
    if opening is None:
        if reason or out is not None:
            raise click.UsageError(_("--reason and --out belong to --open."))
        _list(choices, code, files, component, from_result=from_result)
    elif out is None or not reason.strip():
        raise click.UsageError(_("--open wants --reason and --out."))
    else:
        _open(choices, code, opening, reason, out)


def _list(
    choices: Choices, code: str, files: tuple[Path, ...], component: str, *, from_result: bool
) -> None:
    # `--help` does not wait for the database.
    from counter_app.bootstrap import open_desk
    from counter_app.domain.operation import Digitised
    from counter_app.services.scans import add_scan, check_count, scans_of
    from counter_app.services.viewing import find_dossier

    check_count(len(files))
    source = Digitised.FROM_RESULT if from_result else Digitised.SCANNED
    with open_desk(choices.profile, choices.officer(), choices.password()) as desk:
        dossier_id = find_dossier(desk, code)
        added: list[str] = []
        try:
            for file in files:
                kept = add_scan(desk, dossier_id, file, component=component, digitised=source)
                added += [str(body.scan) for body in kept]
        finally:  # what was added stays so, whatever is the matter with the next one
            if added or not files:
                found = scans_of(desk, dossier_id)
                choices.show(_result(found, added), _words(found, added))


def _open(choices: Choices, code: str, scan: UUID, reason: str, out: Path) -> None:
    # `--help` does not wait for the database.
    from counter_app.bootstrap import open_desk
    from counter_app.cli.results_scans import OpenedScan
    from counter_app.services.saving import check_place, save_pdf
    from counter_app.services.scans import open_scan
    from counter_app.services.viewing import find_dossier

    check_place(out)
    with open_desk(choices.profile, choices.officer(), choices.password()) as desk:
        dossier_id = find_dossier(desk, code)
        content = open_scan(desk, dossier_id, scan, reason)
        media = _media(desk, dossier_id, scan)
    save_pdf(out, content)
    result = OpenedScan(scan=str(scan), file=str(out), media=media, size=len(content))
    words = _("{file} was written ({media}, {size}); that you opened it is noted.")
    size = format_size(len(content))
    choices.show(result, words.format(file=out, media=media, size=size))


def _media(desk: "Desk", dossier_id: UUID, scan: UUID) -> str:
    from counter_app.services.scans import scans_of  # as above

    papers = scans_of(desk, dossier_id).papers
    return next(s.added.media for p in papers for s in p.scans if s.added.scan == scan)


def _result(found: "DossierScans", added: list[str]) -> "ScansResult":
    from counter_app.cli.results_scans import ScannedPaper, ScansResult  # as above

    return ScansResult(
        id=str(found.dossier_id),
        code=found.code,
        count=found.count,
        size=found.size,
        papers=[
            ScannedPaper(
                component=paper.component,
                name=paper.name,
                handed_in=paper.handed_in,
                scans=[_kept(scan) for scan in paper.scans],
            )
            for paper in found.papers
        ],
        added=added,
    )


def _kept(scan: "Scan") -> "KeptScan":
    from counter_app.cli.results_scans import KeptScan  # as above

    return KeptScan(
        scan=str(scan.added.scan),
        component=scan.added.component,
        media=scan.added.media,
        pages=scan.added.pages,
        size=scan.added.size,
        sha256=scan.added.sha256,
        digitised=scan.added.digitised.value,
        turn=scan.turn,
    )


def _words(found: "DossierScans", added: list[str]) -> str:
    total = _("{count} scans, {size} together").format(
        count=format_count(found.count), size=format_size(found.size)
    )
    lines = [f"{found.code or found.dossier_id}  {total}"]
    for paper in found.papers:
        name = law(paper.name) or _("Other papers")
        mark = "✓" if paper.scans else "–"
        lines.append(f"{mark} {paper.component or '-'}  {name}")
        for scan in paper.scans:
            new = " +" if str(scan.added.scan) in added else ""
            size = format_size(scan.added.size)
            lines.append(f"    {scan.added.scan}  {scan.added.media}  {size}{new}")
    return "\n".join(lines)
