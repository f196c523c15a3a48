"""The hidden children of the app, each imported only in its own process."""

import importlib

CHILDREN = {
    "engine": "marketer_desktop.cli.engine_child",
    "watchdog": "marketer_desktop.system.watchdog",
    "parser": "marketer_desktop.knowledge.parser_child",
    "starter": "marketer_desktop.llm.starter_child",
}


def run_child(name: str, arguments: list[str]) -> None:
    """Run the child `name`: each module has a function `main(arguments)`."""
    importlib.import_module(CHILDREN[name]).main(arguments)
