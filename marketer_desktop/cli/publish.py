"""`marketer publish`: send a text to a site or a folder, now or at a time."""

from datetime import datetime
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from marketer_desktop.cli.options import AsJson, DataDir, settings_for
from marketer_desktop.cli.publish_targets import targets
from marketer_desktop.cli.session import FAILED, complain, print_json, run_call
from marketer_desktop.services.publications import Publication
from marketer_desktop.services.publish import Publish


class NumberFirst(TyperGroup):
    """`publish 3 …` is `publish send 3 …`."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """As click, once the command is named."""
        named = not args or args[0] in {*self.commands, "--help"}
        return super().parse_args(ctx, args if named else ["send", *args])


publish = typer.Typer(
    cls=NumberFirst,
    no_args_is_help=True,
    help="Publish a text: “marketer publish ID --target NAME”.",
)
publish.add_typer(targets, name="targets")


def _moment(text: str | None) -> datetime | None:
    """A time of this computer's zone, where it names none."""
    if text is None:
        return None
    try:
        return datetime.fromisoformat(text).astimezone()
    except ValueError:
        raise typer.BadParameter(
            f"“{text}” is no time. Write it as 2026-05-04T09:00.", param_hint="--at"
        ) from None


@publish.command(hidden=True)
def send(
    context: typer.Context,
    activity_id: Annotated[int, typer.Argument(help="The activity's number.")],
    target: Annotated[str, typer.Option(help="Name of the target in the text's project.")],
    at: Annotated[
        str | None, typer.Option(help="When, such as 2026-05-04T09:00; without it, now.")
    ] = None,
    draft: Annotated[bool, typer.Option("--draft", help="Save a draft at the site.")] = False,
    update: Annotated[
        bool, typer.Option("--update", help="Update the post that is published.")
    ] = False,
    slug: Annotated[str | None, typer.Option(help="Last part of the address.")] = None,
    tag: Annotated[list[str] | None, typer.Option(help="May be given several times.")] = None,
    category: Annotated[list[str] | None, typer.Option(help="Likewise.")] = None,
    image: Annotated[
        str | None, typer.Option(help="The image for the whole, as the text names it.")
    ] = None,
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """Send a text to a target; what is asked for twice is there once."""
    call = Publish.model_validate(
        {
            "activity_id": activity_id,
            "target": target,
            "publish_at": _moment(at),
            "as_draft": draft,
            "update": update,
            "slug": slug,
            "tags": tag or None,
            "categories": category or None,
            "image": image,
        }
    )
    told = run_call(settings_for(context, data_dir), call)
    print_json(told) if as_json else _print(told)
    if told.state == "failed":
        raise typer.Exit(FAILED)


def _print(told: Publication) -> None:
    at = f"{told.publish_at.astimezone():%Y-%m-%d %H:%M}" if told.publish_at else ""
    lines = {
        "published": f"Published at {told.target}.",
        "draft": f"Saved as a draft at {told.target}.",
        "scheduled": f"{told.target} publishes it on {at} by itself.",
        "waiting": f"It is sent to {told.target} on {at}, or at the next start after that."
        if at and not told.problem
        else f"Not sent to {told.target} yet; it is tried again in the background.",
        "failed": f"Not sent to {told.target}.",
    }
    typer.echo(lines.get(told.state, told.state))
    for line in (told.url, *told.notes):
        if line:
            typer.echo(line)
    if told.problem:
        complain(told.problem)
