"""`marketer generate`: one piece of content from one brief."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from marketer_desktop.cli.batch import run_batch
from marketer_desktop.cli.options import AsJson, DataDir, Project, settings_for
from marketer_desktop.cli.report import print_report
from marketer_desktop.cli.session import FAILED, print_json, run_call
from marketer_desktop.domain.brief import ContentType
from marketer_desktop.services.generate_content import GenerateContent


class Priority(StrEnum):
    """How much search counts."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


def generate(
    context: typer.Context,
    topic: Annotated[str, typer.Option(help="What the piece is about.")] = "",
    type_: Annotated[ContentType, typer.Option("--type", help="What to write.")] = ContentType.BLOG,
    keyword: Annotated[
        list[str] | None, typer.Option(help="A keyword; repeat it. The first is the keyphrase.")
    ] = None,
    audience: Annotated[str, typer.Option(help="Who reads it.")] = "",
    tone: Annotated[str, typer.Option(help="How it sounds.")] = "professional",
    words: Annotated[int | None, typer.Option(help="How long it is, within 10 percent.")] = None,
    seo_priority: Annotated[
        Priority, typer.Option(help="How much of the SEO checks binds.")
    ] = Priority.MEDIUM,
    only_documents: Annotated[
        bool, typer.Option("--only-documents", help="Say nothing that no document says.")
    ] = False,
    review_outline: Annotated[
        bool, typer.Option("--review-outline", help="Stop after the outline to let you edit it.")
    ] = False,
    doc: Annotated[list[Path] | None, typer.Option(help="A document to quote; repeat it.")] = None,
    project: Project = None,
    model: Annotated[
        str | None, typer.Option(help="starter or ollama:NAME.", show_default=False)
    ] = None,
    out: Annotated[Path | None, typer.Option(help="Folder for the files.")] = None,
    batch: Annotated[
        Path | None, typer.Option(help="A CSV of briefs instead: a piece for each row.")
    ] = None,
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """Write a piece of content from a brief and your documents."""
    settings = settings_for(context, data_dir)
    if bool(topic) == (batch is not None):
        raise typer.BadParameter("Give a --topic, or a --batch of briefs; one of both.")
    if batch is not None:
        run_batch(settings, batch, project=project, model=model, out=out, as_json=as_json)
        return
    call = GenerateContent(
        type=type_,
        topic=topic,
        keywords=keyword or [],
        audience=audience,
        tone=tone,
        words=words,
        seo_priority=seo_priority.value,
        only_documents=only_documents,
        review_outline=review_outline,
        documents=[path.absolute() for path in doc or []],
        project=project,
        model=model,
        out=out.absolute() if out else None,
    )
    told = run_call(settings, call)
    print_json(told) if as_json else print_report(told)
    if told.status in {"failed", "cancelled"}:
        raise typer.Exit(FAILED)
