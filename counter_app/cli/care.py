"""`verify`, `backup` and `restore`: care of the store."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from counter_app.cli.choices import Choices, Command, pass_choices, secret
from counter_app.i18n import N_, _, format_count, format_date, format_instant, format_size

if TYPE_CHECKING:
    from counter_app.cli.results import RestoreResult

DAMAGED = 5


@click.command(cls=Command, help=N_("Prove that nothing in the store was altered."))
@click.option(
    "--rebuild",
    is_flag=True,
    help=N_("Make the lists anew from the journal first."),
)
@click.pass_context
@pass_choices
def verify(choices: Choices, ctx: click.Context, rebuild: bool) -> None:
    """Prove that nothing in the store was altered."""
    # `--help` does not wait for the database.
    from counter_app.bootstrap import open_desk
    from counter_app.cli.results import VerifyResult
    from counter_app.services.care import look_over

    with open_desk(choices.profile, choices.officer(), choices.password()) as desk:
        report = look_over(desk, rebuild=rebuild)
    findings = [f"{each.problem}: {each.count} ({each.first})" for each in report.findings]
    result = VerifyResult(
        ok=not findings,
        operations=report.operations,
        chain_rows=report.chain_rows,
        dossiers=report.dossiers,
        repaired=report.repaired,
        findings=findings,
        scans=report.scans,
        orphans=report.orphans,
    )
    words = _("{operations} operations and {dossiers} dossiers looked at: nothing is wrong.")
    counts = words.format(
        operations=format_count(report.operations), dossiers=format_count(report.dossiers)
    )
    said = findings or [counts]
    if report.scans:
        said.append(_("{scans} scans looked at.").format(scans=format_count(report.scans)))
    if report.orphans:
        words = _("{orphans} scans were left by a crash, and go after a day.")
        said.append(words.format(orphans=format_count(report.orphans)))
    choices.show(result, "\n".join(said))
    if findings:
        ctx.exit(DAMAGED)


@click.command(cls=Command, help=N_("Write a backup to FILE and read it again."))
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@pass_choices
def backup(choices: Choices, file: Path) -> None:
    """Write a backup to FILE and read it again."""
    # `--help` does not wait for the database.
    from counter_app.bootstrap import open_desk
    from counter_app.cli.results import BackupResult
    from counter_app.services.care import back_up, size_of_next
    from counter_app.services.saving import check_place

    check_place(file)  # first: a copy of the whole desk takes its time
    with open_desk(choices.profile, choices.officer(), choices.password()) as desk:
        if not choices.json:
            coming = size_of_next(desk)
            words = _("The backup is going to have {size}, {scans} scans with it.")
            size, scans = format_size(coming.size), format_count(coming.scans)
            click.echo(words.format(size=size, scans=scans))
        made = back_up(desk, file)
    result = BackupResult(
        file=str(made.file),
        rows=made.manifest.seq,
        sha256=made.manifest.sha256,
        taken_at=made.manifest.taken_at,
        bytes=made.size,
        scans=made.manifest.scans,
        scans_lost=made.manifest.scans_lost,
        forms=len(made.manifest.forms),
        forms_left_out=list(made.manifest.forms_left_out),
    )
    words = _("Backup written to {file} and read again ({rows} rows).")
    said = [words.format(file=made.file, rows=format_count(made.manifest.seq))]
    if made.manifest.scans_lost:
        words = _("{count} scans are lost at this desk and not in it: “verify” says which.")
        said.append(words.format(count=format_count(made.manifest.scans_lost)))
    if result.forms_left_out:
        words = _("These files of the office's own law cannot be read and are not in it: {files}.")
        said.append(words.format(files=", ".join(result.forms_left_out)))
    choices.show(result, "\n".join(said))


@click.command(
    cls=Command,
    help=N_(
        "Go on from the backup FILE with the recovery key (COUNTER_APP_RECOVERY_KEY or asked "
        "for). The officer named gets the password given; the others get new ones by "
        "“user passwd”."
    ),
)
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option(
    "--highest-code",
    metavar="CODE",
    help=N_(
        "The last code on the receipts that were printed: those after it go on. Needed if a desk "
        "has gone on from this backup before."
    ),
)
@pass_choices
def restore(choices: Choices, file: Path, highest_code: str | None) -> None:
    """Go on from the backup FILE with the recovery key (COUNTER_APP_RECOVERY_KEY or asked for).

    The officer named gets the password given; the others get new ones by `user passwd`.
    """
    # `--help` does not wait for the database.
    from counter_app.bootstrap import restored
    from counter_app.cli.results import RestoreResult
    from counter_app.services.numbers import codes_left
    from counter_app.store.backup import forms_brought_back, read_manifest

    recovery_key = secret("COUNTER_APP_RECOVERY_KEY", N_("Recovery key"), hidden=False)
    officer, password = choices.officer(), choices.password(confirm=True)
    with restored(
        choices.profile,
        file,
        recovery_key=recovery_key,
        officer=officer,
        password=password,
        highest_code=highest_code,
    ) as desk:
        manifest, left = read_manifest(file), codes_left(desk)
        forms = forms_brought_back(file, choices.profile)
        result = RestoreResult(
            profile=str(choices.profile),
            desk=desk.profile.name,
            rows=manifest.seq,
            taken_at=manifest.taken_at,
            officer=officer,
            business_date=desk.business_date,
            codes_left=left.usable,
            from_reserve=not left.lease and left.usable > 0,
            forms=len(forms.same),
            forms_differing=list(forms.differing),
            forms_aside=str(forms.aside) if forms.aside else None,
            forms_damaged=list(forms.damaged),
        )
    words = _("The desk “{desk}” goes on in {profile} from the backup of {when}.")
    when = format_instant(manifest.taken_at)
    whole = words.format(desk=result.desk, profile=result.profile, when=when)
    choices.show(result, "\n".join((whole, _about_numbers(result), *_about_forms(result))))


def _about_numbers(result: "RestoreResult") -> str:
    if result.from_reserve:
        words = _("The numbers of {date} come from the reserve: {count} are left.")
    elif result.codes_left:
        words = _("The numbers of {date} go on: {count} are left.")
    else:
        words = _(
            "No number is left for {date} that could not be on paper already. Let another "
            "desk receive citizens until tomorrow, or find the last code on the receipts and "
            "restore once more, into an empty folder, with --highest-code."
        )
    return words.format(
        date=format_date(result.business_date), count=format_count(result.codes_left)
    )


def _about_forms(result: "RestoreResult") -> list[str]:
    """Say what a person has to look at among the files of the office's own law."""
    said = []
    if result.forms_aside is not None:
        words = _(
            "The office's own law in the profile was left as it is. The backup has these files "
            "otherwise; they lie in {folder}: {files}."
        )
        files = ", ".join(result.forms_differing)
        said.append(words.format(folder=result.forms_aside, files=files))
    if result.forms_damaged:
        words = _("These files of the office's own law are damaged in the backup: {files}.")
        said.append(words.format(files=", ".join(result.forms_damaged)))
    return said
