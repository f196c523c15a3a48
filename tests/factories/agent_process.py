"""A server with its hub in a process of its own: `python -m … DATABASE_URL FOLDER`."""

import asyncio
import sys
from pathlib import Path

from marketer_desktop.knowledge.embeddings import MiniLmEmbeddings
from tests.factories.agent_hub import agent_hub
from tests.factories.engines import running_parts
from tests.fakes.scripted_chat_model import ScriptedChatModel


async def main(url: str, folder: Path) -> None:
    """Serve until killed; prints the address."""
    model = ScriptedChatModel(about="coffee")
    async with (
        running_parts(url, folder, model, MiniLmEmbeddings()) as parts,
        agent_hub(parts) as hub,
    ):
        sys.stdout.write(f"{hub.server.url}\n")
        sys.stdout.flush()
        await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], Path(sys.argv[2])))
