"""The embedded PostgreSQL: private, durable, started, adopted and stopped."""

import os
import socket
import stat
import time
from pathlib import Path

import psutil
import psycopg
import pytest

from marketer_desktop.storage.embedded.failure import EmbeddedPostgresError
from marketer_desktop.storage.embedded.server import STOP_STEPS, EmbeddedPostgres
from tests.embedded_server import MakeServer, pid_of, remember, remembered, setting


def test_it_is_private_and_durable(make: MakeServer, place: Path) -> None:
    server = make()
    url = server.start()
    assert server.url == url
    assert setting(url, "server_version").startswith("16.")
    assert setting(url, "listen_addresses") == ""
    assert {setting(url, name) for name in ("fsync", "full_page_writes", "synchronous_commit")} == {
        "on"
    }
    assert (setting(url, "TimeZone"), setting(url, "server_encoding")) == ("UTC", "UTF8")
    assert stat.S_IMODE((place / "run").stat().st_mode) == 0o700
    assert stat.S_IMODE((place / "data" / "postgres.password").stat().st_mode) == 0o600
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(url, password="guessed")


def test_no_network_port_is_opened(make: MakeServer) -> None:
    server = make()
    server.start()
    kinds = {each.family for each in psutil.Process(pid_of(server)).net_connections(kind="all")}
    assert kinds <= {socket.AF_UNIX}


def test_ctrl_c_in_the_terminal_does_not_reach_it(make: MakeServer) -> None:
    server = make()
    server.start()
    assert os.getsid(pid_of(server)) != os.getsid(0)
    assert os.getpgid(pid_of(server)) != os.getpgid(0)


def test_a_stop_ends_every_process_and_rows_stay(make: MakeServer) -> None:
    server = make()
    url = server.start()
    remember(url, "kept")
    main = psutil.Process(pid_of(server))
    family = [main, *main.children()]
    assert len(family) > 3
    server.stop()
    server.stop()
    assert not any(process.is_running() for process in family)
    assert server.state().running is False
    with pytest.raises(EmbeddedPostgresError, match="not been started"):
        _ = server.url
    assert remembered(server.start()) == ["kept"]


def test_a_stop_does_not_wait_for_clients(make: MakeServer) -> None:
    server = make()
    _, patience = STOP_STEPS[0]
    with psycopg.connect(server.start()):
        began = time.monotonic()
        server.stop()
        assert time.monotonic() - began < patience


def test_a_second_start_adopts_the_running_server(make: MakeServer) -> None:
    first, second = make(), make()
    assert first.start() == second.start()
    assert pid_of(first) == pid_of(second)
    second.stop()
    assert first.state().running is False


def test_a_long_socket_path_is_avoided(place: Path) -> None:
    server = EmbeddedPostgres(place / "data", place / ("long" * 30))
    try:
        assert setting(server.start(), "port") == "5432"
    finally:
        server.stop()
