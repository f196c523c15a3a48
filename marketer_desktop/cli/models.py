"""`marketer models`: which models are there, which one to use, and the keys of clouds."""

import sys
from typing import Annotated

import typer

from marketer_desktop.cli.options import AsJson, DataDir, settings_for
from marketer_desktop.cli.session import WRONG_USE, complain, print_json, run_call
from marketer_desktop.llm.choice import CloudProvider
from marketer_desktop.services.models import ListModels, UseModel
from marketer_desktop.services.providers import (
    CheckProvider,
    ListProviders,
    ProviderState,
    RemoveProviderKey,
    SetProviderKey,
)
from marketer_desktop.services.pull_model import PullModel

models = typer.Typer(no_args_is_help=True, help="List models, get them and choose one.")

Provider = Annotated[CloudProvider, typer.Argument(help="Whose models.")]


@models.command("list")
def list_(context: typer.Context, data_dir: DataDir = None, as_json: AsJson = False) -> None:
    """Show the models that can be used now."""
    found = run_call(settings_for(context, data_dir), ListModels())
    if as_json:
        print_json(found)
        return
    for entry in found.models:
        typer.echo(f"{'*' if entry.chosen else ' '} {entry.name:30} {entry.description}")
    typer.echo(found.ollama)
    for warning in found.warnings:
        complain(warning)


@models.command()
def use(
    context: typer.Context,
    name: Annotated[
        str, typer.Argument(help="starter, ollama:NAME, openai:NAME, anthropic:NAME, mistral:NAME.")
    ],
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """Choose the model for all further pieces."""
    entry = run_call(settings_for(context, data_dir), UseModel(name=name))
    if entry.leaves:
        complain(entry.leaves)
    print_json(entry) if as_json else typer.echo(f"{entry.name} is used from now on.")


@models.command()
def pull(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="A name of Ollama's library, such as llama3.2:3b.")],
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """Download a model through Ollama. Ctrl-C stops it; the next time it goes on from there."""
    entry = run_call(settings_for(context, data_dir), PullModel(name=name))
    if as_json:
        print_json(entry)
    else:
        typer.echo(f"{entry.name} is there. “marketer models use {entry.name}” chooses it.")


@models.command()
def providers(context: typer.Context, data_dir: DataDir = None, as_json: AsJson = False) -> None:
    """Show the clouds whose models can be used; none of them is asked."""
    found = run_call(settings_for(context, data_dir), ListProviders())
    if as_json:
        print_json(found)
        return
    for state in found.providers:
        typer.echo(f"{state.title:10} {_stands(state)}")
        for model in state.models:
            known = model.usd_in is not None and model.usd_out is not None
            cost = f"${model.usd_in:.2f} in, ${model.usd_out:.2f} out" if known else ""
            typer.echo(f"  {model.name:34} {cost}".rstrip())
    typer.echo(f"List prices for a million tokens, as of {found.prices_as_of}.")
    if not found.keyring:
        complain("This machine has no keyring: give keys in the variables that are named above.")


@models.command()
def key(
    context: typer.Context,
    provider: Provider,
    remove: Annotated[bool, typer.Option("--remove", help="Remove the key.")] = False,
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """Keep the key of a cloud in the keyring; it is asked for, or read from standard input."""
    settings = settings_for(context, data_dir)
    if remove:
        state = run_call(settings, RemoveProviderKey(provider=provider))
    else:
        state = run_call(settings, SetProviderKey(provider=provider, key=_read_key(provider)))
        complain(state.leaves)
    print_json(state) if as_json else typer.echo(f"{state.title}: {_stands(state)}")


@models.command()
def check(
    context: typer.Context,
    provider: Provider,
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """Ask a cloud whether it accepts the key, and for which models; no text is sent."""
    found = run_call(settings_for(context, data_dir), CheckProvider(provider=provider))
    if as_json:
        print_json(found)
        return
    for name in found.models:
        typer.echo(f"{provider}:{name}")


def _read_key(provider: CloudProvider) -> str:
    """The key, never shown and never an argument: arguments are seen by others."""
    if sys.stdin.isatty():
        given = str(typer.prompt(f"Key for {provider}", hide_input=True, err=True))
    else:
        given = sys.stdin.readline()
    if not given.strip():
        complain("No key was given. Nothing was changed.")
        raise typer.Exit(WRONG_USE)
    return given.strip()


def _stands(state: ProviderState) -> str:
    if not state.installed:
        return "not installed: pip install 'marketer-desktop[cloud]'"
    if state.source == "environment":
        return f"key from the variable {state.variable}"
    if state.source == "keyring":
        return "key in the keyring"
    return f"no key: “marketer models key {state.provider}”, or the variable {state.variable}"
