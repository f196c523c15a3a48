"""`marketer repurpose`: posts and a mail made of an article."""

from pathlib import Path
from typing import Annotated

import typer

from marketer_desktop.cli.options import AsJson, DataDir, settings_for
from marketer_desktop.cli.session import FAILED, WRONG_USE, complain, print_json, run_call
from marketer_desktop.services.import_activity import ReadTextFile
from marketer_desktop.services.repurpose import Kind, RepurposeActivity, Repurposed

ALL: list[Kind] = ["linkedin", "twitter", "thread", "email"]


def repurpose(
    context: typer.Context,
    article: Annotated[str, typer.Argument(help="The activity's number, or a text file.")],
    into: Annotated[
        list[str] | None,
        typer.Option(help="linkedin, twitter, thread or email; repeat it. Else all four."),
    ] = None,
    keyword: Annotated[
        list[str] | None, typer.Option(help="A keyword of the text file; repeat it.")
    ] = None,
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """Make posts and a mail of an article, each under its platform's limits."""
    settings = settings_for(context, data_dir)
    activity_id, text = None, None
    if article.isdigit() and not Path(article).exists():
        activity_id = int(article)
    else:
        text = run_call(settings, ReadTextFile(path=Path(article).absolute())).text
    call = RepurposeActivity(
        activity_id=activity_id, text=text, keywords=keyword or [], into=_kinds(into)
    )
    made = run_call(settings, call)
    print_json(made) if as_json else _print(made)
    if not all(variant.check.passed for variant in made.variants):
        raise typer.Exit(FAILED)


def _kinds(into: list[str] | None) -> list[Kind]:
    wanted = into or ALL
    unknown = [word for word in wanted if word not in ALL]
    if unknown:
        complain(f"“{unknown[0]}” is not known. Use linkedin, twitter, thread or email.")
        raise typer.Exit(WRONG_USE)
    return [kind for kind in ALL if kind in wanted]


def _print(made: Repurposed) -> None:
    for variant in made.variants:
        mark = "✓" if variant.check.passed else "✗"
        typer.echo(f"{mark} {variant.check.message}\n")
        if variant.text:
            typer.echo(f"{variant.text}\n")
