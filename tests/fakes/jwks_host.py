"""Publishes the public halves of RSA keys made here, and signs tokens with the private ones."""

import asyncio
import json
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import lru_cache
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm

ISSUER, AUDIENCE = "https://clerk.example.com", "marketer"


@lru_cache
def private_key(name: str) -> rsa.RSAPrivateKey:
    """A key by its name; making one takes a moment."""
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


class JwksHost:
    """What is published, and how often it was fetched."""

    def __init__(self) -> None:
        self.published = ["first"]
        self.fetched = 0
        self.silent = False
        self.url = ""

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One request."""
        await reader.readuntil(b"\r\n\r\n")
        self.fetched += 1
        status = "503 Silent" if self.silent else "200 OK"
        keys = [
            {**RSAAlgorithm.to_jwk(private_key(each).public_key(), as_dict=True), "kid": each}
            for each in self.published
        ]
        body = json.dumps({"keys": keys}).encode()
        head = f"HTTP/1.1 {status}\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n"
        writer.write(head.encode() + body)
        await writer.drain()
        writer.close()
        await writer.wait_closed()


def clerk_token(key: str = "first", *, named: str | None = None, **claims: Any) -> str:
    """A token as Clerk makes them, signed with `key` and naming it unless told otherwise."""
    now = int(time.time())
    usual = {
        "sub": "user_2abc",
        "iss": ISSUER,
        "aud": AUDIENCE,
        "iat": now,
        "exp": now + 60,
        "email": "clerk@example.com",
        "email_verified": True,
    }
    told = {name: value for name, value in {**usual, **claims}.items() if value is not None}
    return jwt.encode(told, private_key(key), "RS256", headers={"kid": named or key})


@asynccontextmanager
async def jwks_host() -> AsyncIterator[JwksHost]:
    """A host on a free port of this machine."""
    host = JwksHost()
    server = await asyncio.start_server(host.answer, "127.0.0.1", 0)
    host.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/.well-known/jwks.json"
    async with server:
        yield host
