"""`marketer outline`: shows the outline that a run waits with, and approves it."""

import json
from pathlib import Path
from typing import Annotated

import typer
from pydantic import TypeAdapter, ValidationError

from marketer_desktop.cli.options import AsJson, DataDir, settings_for
from marketer_desktop.cli.report import print_outline, print_report
from marketer_desktop.cli.session import FAILED, WRONG_USE, complain, print_json, run_call
from marketer_desktop.domain.outline import OutlineSection
from marketer_desktop.domain.outline_text import read
from marketer_desktop.services.review_outline import ApproveOutline, ShowOutline

_SECTIONS = TypeAdapter(list[OutlineSection])


def outline(
    context: typer.Context,
    id_: Annotated[int, typer.Argument(metavar="ID", help="The activity's number.")],
    file: Annotated[
        Path | None, typer.Option(help="The outline as you want it: Markdown or JSON.")
    ] = None,
    show: Annotated[bool, typer.Option("--show", help="Only print it.")] = False,
    out: Annotated[Path | None, typer.Option(help="Folder for the files.")] = None,
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """Approve the outline of a waiting run, as it is or from a file, and go on."""
    settings = settings_for(context, data_dir)
    if show:
        shown = run_call(settings, ShowOutline(activity_id=id_))
        print_json(shown) if as_json else print_outline(shown.sections)
        return
    call = ApproveOutline(
        activity_id=id_,
        sections=_read(file) if file else None,
        follow=True,
        out=out.absolute() if out else None,
    )
    told = run_call(settings, call)
    print_json(told) if as_json else print_report(told)
    if told.status in {"failed", "cancelled"}:
        raise typer.Exit(FAILED)


def _read(file: Path) -> list[OutlineSection]:
    try:
        text = file.read_text("utf-8")
        found = _from_json(text) if file.suffix.casefold() == ".json" else read(text)
    except OSError as error:
        _refuse(f"“{file}” cannot be read: {error.strerror}.")
    except ValidationError as error:
        _refuse(f"“{file.name}” is no outline: {error.errors()[0]['msg']}.")
    except ValueError as error:
        _refuse(f"“{file.name}” is no outline: {error}.")
    if not found:
        _refuse(f"“{file.name}” has no sections: write “## Heading (150 words)”, then its points.")
    return found


def _from_json(text: str) -> list[OutlineSection]:
    """A list of sections, or what `--json` prints with the list in it."""
    told = json.loads(text)
    if isinstance(told, dict):
        told = told.get("sections") or told.get("outline") or []
    return _SECTIONS.validate_python(told)


def _refuse(message: str) -> None:
    complain(message)
    raise typer.Exit(WRONG_USE)
