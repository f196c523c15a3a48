"""`marketer score`: what search engines and readers make of a text. Needs no engine."""

from pathlib import Path
from typing import Annotated

import typer

from marketer_desktop.cli.score_batch import BadLine, read_batch
from marketer_desktop.domain.scoring.verdict import Score, ScoredCheck
from marketer_desktop.services.score_text import ScoreText, scored

HTML = {".html", ".htm", ".xhtml"}
GOOD, MIDDLING = 8, 5


def score(
    file: Annotated[Path | None, typer.Argument(help="A text in Markdown or HTML.")] = None,
    keyphrase: Annotated[str, typer.Option(help="What people should find it by.")] = "",
    title: Annotated[str, typer.Option(help="The title in search results.")] = "",
    description: Annotated[str, typer.Option(help="The text below it.")] = "",
    slug: Annotated[str, typer.Option(help="The last part of its address.")] = "",
    permalink: Annotated[str, typer.Option(help="Its whole address.")] = "",
    batch: Annotated[
        Path | None, typer.Option(help="Many texts instead: a JSON object on each line.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON for programs.")] = False,
) -> None:
    """Score a text for search engines and readers."""
    if (file is None) == (batch is None):
        raise typer.BadParameter("Give one FILE, or a --batch of texts.")
    if batch is not None:
        _score_batch(batch, as_json=as_json)
        return
    assert file is not None
    source = _read(file)
    is_html = file.suffix.lower() in HTML
    told = scored(
        ScoreText(
            html=source if is_html else "",
            markdown="" if is_html else source,
            keyphrase=keyphrase,
            title=title,
            description=description,
            slug=slug,
            permalink=permalink,
        )
    )
    if as_json:
        typer.echo(told.model_dump_json(indent=2, exclude={"left_out"}))  # English leaves none out
    else:
        _print(told)


def _score_batch(path: Path, *, as_json: bool) -> None:
    try:
        lines = read_batch(_read(path))
    except BadLine as error:
        raise typer.BadParameter(f"“{path}”, {error}") from None
    if not as_json:
        typer.echo(" SEO  readability  Flesch  text")
    for line in lines:
        told = scored(line)
        if as_json:
            typer.echo(line.answer(told))
        else:
            typer.echo(f"{told.seo:4}  {told.readability:11}  {told.flesch:6.1f}  {line.id}")


def _read(path: Path) -> str:
    try:
        return path.read_text("utf-8-sig")
    except OSError as error:
        raise typer.BadParameter(f"“{path}” cannot be read: {error.strerror}.") from None
    except UnicodeDecodeError:
        raise typer.BadParameter(f"“{path}” is no text in UTF-8.") from None


def _print(told: Score) -> None:
    minutes = told.reading_time_minutes
    typer.echo(
        f"SEO {told.seo} of 100, readability {told.readability} of 100, Flesch {told.flesch:.0f}, "
        f"{minutes} minute{'' if minutes == 1 else 's'} to read"
    )
    width = max(len(check.id) for check in told.checks)
    for group, name in (("seo", "SEO"), ("readability", "Readability")):
        typer.echo(f"\n{name}")
        for check in (check for check in told.checks if check.group == group):
            typer.echo(f"  {_mark(check)} {check.id:<{width}}  {check.score:>4}  {check.message}")


def _mark(check: ScoredCheck) -> str:
    return "✓" if check.score >= GOOD else "·" if check.score >= MIDDLING else "✗"


# Without the other commands, whose imports take longer than the scoring.
alone = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
alone.command()(score)
