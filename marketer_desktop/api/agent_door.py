"""Where agents come in: past all that requests go through, since thousands of them stay."""

from fastapi import FastAPI
from starlette.routing import WebSocketRoute
from starlette.types import ASGIApp, Receive, Scope, Send

PATH = "/agent/connect"


class ApiWithAgents(FastAPI):
    """An application with a door for agents.

    What a socket comes through is kept as long as it is open, once for each of them.
    """

    _agents: ASGIApp

    def open_door(self, agents: ASGIApp) -> None:
        """Have `agents` take the sockets at `PATH`; it stands among the routes like any other."""
        self._agents = agents
        self.router.routes.append(WebSocketRoute(PATH, agents))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or hold one agent's connection."""
        if scope["type"] == "websocket" and scope["path"] == PATH:
            scope["app"] = self
            await self._agents(scope, receive, send)
        else:
            await super().__call__(scope, receive, send)
