"""The whole walk: its steps in their order."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.hybrid_walk.account_steps import AccountSteps
from benchmarks.hybrid_walk.agent_steps import AgentSteps
from benchmarks.hybrid_walk.desktop_side import NO_OLLAMA, Desktop
from benchmarks.hybrid_walk.server_side import PASSWORD, Server

Step = tuple[str, Callable[[], str]]


@contextmanager
def walk(folder: Path, *, has_worker: bool = True, ollama: str = NO_OLLAMA) -> Iterator[list[Step]]:
    """The steps, to be done one after the other while desktop and server run below `folder`.

    The desktop writes with the Ollama at this address, else with its starter model.
    """
    with (
        Desktop(folder, PASSWORD, ollama) as desktop,
        Server(folder, has_worker=has_worker) as server,
    ):
        accounts = AccountSteps(server, desktop)
        agent = AgentSteps(server, desktop, accounts)
        yield [
            ("connected", accounts.connect),
            ("edited on the desktop", accounts.edit_here),
            ("edited at the server", accounts.edit_there),
            ("edited on both sides", accounts.conflict),
            ("at the limit of the plan", accounts.limit),
            ("paid by Stripe", accounts.pay),
            ("billed by Stripe", accounts.invoice),
            ("invited", accounts.invite),
            ("lent", agent.lend),
            ("written by the desktop", agent.answered),
            ("paused", agent.paused),
            ("resumed", agent.resumed),
            ("killed, others may write", agent.failed_over),
            ("killed, only desktops may write", agent.said_why),
        ]
