"""`marketer generate`: one piece of content from one brief."""

from pathlib import Path
from typing import Annotated

import typer

from marketer_desktop.cli.options import AsJson, DataDir, Project, settings_for
from marketer_desktop.cli.report import print_report
from marketer_desktop.cli.session import FAILED, print_json, run_call
from marketer_desktop.domain.brief import ContentType
from marketer_desktop.services.generate_content import GenerateContent


def generate(
    context: typer.Context,
    topic: Annotated[str, typer.Option(help="What the piece is about.")],
    type_: Annotated[ContentType, typer.Option("--type", help="What to write.")] = ContentType.BLOG,
    keyword: Annotated[
        list[str] | None, typer.Option(help="A keyword; repeat it. The first is the keyphrase.")
    ] = None,
    audience: Annotated[str, typer.Option(help="Who reads it.")] = "",
    tone: Annotated[str, typer.Option(help="How it sounds.")] = "professional",
    words: Annotated[int | None, typer.Option(help="How long it is, within 10 percent.")] = None,
    doc: Annotated[list[Path] | None, typer.Option(help="A document to quote; repeat it.")] = None,
    project: Project = None,
    model: Annotated[
        str | None, typer.Option(help="starter or ollama:NAME.", show_default=False)
    ] = None,
    out: Annotated[Path | None, typer.Option(help="Folder for the files.")] = None,
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """Write a piece of content from a brief and your documents."""
    call = GenerateContent(
        type=type_,
        topic=topic,
        keywords=keyword or [],
        audience=audience,
        tone=tone,
        words=words,
        documents=[path.absolute() for path in doc or []],
        project=project,
        model=model,
        out=out.absolute() if out else None,
    )
    told = run_call(settings_for(context, data_dir), call)
    print_json(told) if as_json else print_report(told)
    if told.status in {"failed", "cancelled"}:
        raise typer.Exit(FAILED)
