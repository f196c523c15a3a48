"""Our WordPress and our Ghost answer as the real ones do, and are ill only on demand."""

import time
from typing import Any

import httpx
import jwt
import pytest

from benchmarks.wordpress import record
from benchmarks.wordpress.answers import asked, differences
from benchmarks.wordpress.questions import QUESTIONS
from benchmarks.wordpress.sides import our_side
from tests.fakes.ghost_server import API, GhostServer
from tests.fakes.web_site import Kind, Trouble, json_response
from tests.fakes.wordpress_server import WordPressServer


def test_our_wordpress_answers_every_question_as_a_real_one_did() -> None:
    _, real = record.read()
    with WordPressServer() as server, our_side(server) as side:
        ours = asked(side, QUESTIONS)
    assert list(real) == [each.name for each in QUESTIONS]
    assert {name: found for name in real if (found := differences(real[name], ours[name]))} == {}


def test_a_wordpress_that_answers_otherwise_is_found() -> None:
    _, real = record.read()
    with WordPressServer() as server, our_side(server) as side:
        server.facts.offset = 2.0
        ours = asked(side, QUESTIONS)
    found = differences(real["dated with a zone"], ours["dated with a zone"])
    assert any(each.startswith("date:") for each in found)


def _write(server: WordPressServer, client: httpx.Client) -> httpx.Response:
    url = f"{server.address}/wp-json/wp/v2/posts"
    return client.post(url, json={"title": "A"}, auth=("admin", server.password))


def test_a_connection_is_cut_where_it_was_asked_for() -> None:
    with WordPressServer() as server, httpx.Client(trust_env=False) as client:
        cuts: dict[Kind, int] = {"before": 0, "after": 1, "half": 2}
        for kind, posts in cuts.items():
            server.misbehave(Trouble(kind, "POST", "/posts"))
            with pytest.raises(httpx.RemoteProtocolError):
                _write(server, client)
            assert len(server.posts.rows) == posts
        server.misbehave(Trouble("instead", answer=json_response({}, 503)))
        assert _write(server, client).status_code == 503
        assert _write(server, client).status_code == 201


def test_a_scheduled_post_appears_at_its_time() -> None:
    with WordPressServer() as server, httpx.Client(trust_env=False) as client:
        url, auth = f"{server.address}/wp-json/wp/v2/posts", ("admin", server.password)
        asked_for = {"title": "Later", "status": "future", "date_gmt": "2041-05-06T07:08:09"}
        made = client.post(url, json=asked_for, auth=auth).json()
        assert made["status"] == "future"
        due = server.posts.rows[made["id"]].date
        server.facts.now = lambda: due
        assert client.get(f"{url}/{made['id']}").json()["status"] == "publish"
        assert client.get(f"{server.address}/later/").status_code == 200


def _token(key: str, **claims: Any) -> dict[str, str]:
    number, secret = key.split(":")
    now = int(time.time())
    told = {"iat": now, "exp": now + 300, "aud": "/admin/", **claims}
    signed = jwt.encode(told, bytes.fromhex(secret), "HS256", headers={"kid": number})
    return {"Authorization": f"Ghost {signed}"}


def test_our_ghost_lets_in_whom_ghost_lets_in() -> None:
    with GhostServer() as server, httpx.Client(trust_env=False) as client:
        url, now = f"{server.address}{API}posts/", int(time.time())
        assert client.get(url, headers=_token(server.key)).status_code == 200
        for headers, status in (
            ({}, 403),
            ({"Authorization": "Ghost"}, 401),
            ({"Authorization": "Ghost nothing"}, 400),
            (_token(server.key, exp=now + 3600), 401),
            (_token(server.key, iat=now - 400), 401),
            (_token(server.key, aud="/content/"), 401),
            (_token(f"{'0' * 24}:{'0' * 64}"), 401),
            (_token(f"{server.key.split(':')[0]}:{'0' * 64}"), 401),
        ):
            assert client.get(url, headers=headers).status_code == status


def test_our_ghost_refuses_to_write_over_what_somebody_else_has_saved() -> None:
    with GhostServer() as server, httpx.Client(trust_env=False) as client:
        url, headers = f"{server.address}{API}posts/", _token(server.key)
        sent = {"title": "A", "html": "<p>B</p>"}
        made = client.post(
            url, json={"posts": [sent]}, params={"source": "html"}, headers=headers
        ).json()["posts"][0]
        old = {"title": "C", "updated_at": "2020-01-01T00:00:00.000Z"}
        refused = client.put(f"{url}{made['id']}/", json={"posts": [old]}, headers=headers)
        assert refused.status_code == 409
        assert refused.json()["errors"][0]["type"] == "UpdateCollisionError"
        new = {"title": "C", "updated_at": made["updated_at"]}
        changed = client.put(f"{url}{made['id']}/", json={"posts": [new]}, headers=headers)
        assert changed.json()["posts"][0]["slug"] == "c"
