"""The sealed namespace catches what tries to leave, and is empty when nothing does."""

import os
import sys
from pathlib import Path

import pytest

from tests.fakes.sealed_namespace import (
    NAME_SERVER,
    SealedResult,
    SealedTimeout,
    SealingRefused,
    describe,
    run_sealed,
)

TRY = """
import socket, sys
def attempt(call, *words):
    try:
        call(*words)
    except OSError as error:
        print(error)
def connect(family, address):
    with socket.socket(family) as opened:
        opened.settimeout(0.2)
        opened.connect((address, 80))
def send(address):
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as opened:
        opened.setsockopt(socket.SOL_SOCKET, socket.SO_BROADCAST, 1)
        opened.sendto(b"x", (address, 9))
"""


@pytest.fixture(scope="module", autouse=True)
def sealing_works() -> None:
    """As root it must work; an ordinary user may be refused by the machine's own rules."""
    try:
        run_sealed(["true"], timeout=20)
    except SealingRefused as refusal:
        if os.geteuid() == 0:
            raise
        pytest.skip(str(refusal))


def sealed(code: str) -> SealedResult:
    result = run_sealed([sys.executable, "-c", code], timeout=20)
    assert result.returncode == 0, result.stderr
    return result


def test_a_tcp_connect_is_caught() -> None:
    result = sealed(f"{TRY}\nattempt(connect, socket.AF_INET, '203.0.113.5')")
    assert result.destinations == ["TCP 203.0.113.5:80"]
    assert "timed out" in result.stdout


def test_an_ipv6_connect_is_caught() -> None:
    result = sealed(f"{TRY}\nattempt(connect, socket.AF_INET6, '2001:db8:1::5')")
    assert result.destinations == ["TCP [2001:db8:1::5]:80"]


def test_a_name_look_up_is_caught_and_fails() -> None:
    result = sealed(f"{TRY}\nattempt(socket.getaddrinfo, 'example.org', 80)")
    assert set(result.destinations) == {f"UDP {NAME_SERVER}:53"}
    assert any(b"example" in packet for packet in result.packets)
    assert "name resolution" in result.stdout


def test_broadcast_and_multicast_are_caught() -> None:
    result = sealed(f"{TRY}\nattempt(send, '255.255.255.255')\nattempt(send, '224.0.0.251')")
    assert result.destinations == ["UDP 255.255.255.255:9", "UDP 224.0.0.251:9"]


def test_the_proxies_in_the_environment_are_traps() -> None:
    code = """
import httpx
try:
    httpx.get("http://127.0.0.1:9", timeout=0.2)
except httpx.ConnectTimeout as error:
    print(error)
"""
    assert sealed(code).destinations == ["TCP 198.51.100.7:3128"]


def test_tracing_is_switched_on_and_trapped() -> None:
    code = """
import os
from langsmith.utils import tracing_is_enabled
print(tracing_is_enabled(), os.environ["LANGSMITH_ENDPOINT"])
"""
    assert sealed(code).stdout.split() == ["True", "http://198.51.100.9:1984"]


def test_a_grandchild_is_caught_too() -> None:
    inner = f"{TRY}\nattempt(send, '203.0.113.5')"
    result = sealed(f"import subprocess, sys\nsubprocess.run([sys.executable, '-c', {inner!r}])")
    assert result.destinations == ["UDP 203.0.113.5:9"]


def test_a_quiet_command_on_loopback_shows_nothing() -> None:
    code = """
import socket, time
for family, host in ((socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1")):
    with socket.create_server((host, 0), family=family) as server:
        with socket.create_connection(server.getsockname()[:2]) as client:
            server.accept()[0].close()
socket.getaddrinfo("localhost", 80)
time.sleep(1)  # time enough for what a kernel says by itself on a new interface
print("done")
"""
    result = sealed(code)
    assert (result.stdout, result.packets) == ("done\n", [])


def test_the_command_is_the_same_user_in_its_folder(tmp_path: Path) -> None:
    code = "import os; print(os.geteuid(), os.getcwd(), os.environ['WORD'])"
    env = {**os.environ, "WORD": "given"}
    result = run_sealed([sys.executable, "-c", code], cwd=tmp_path, env=env)
    assert result.stdout.split() == [str(os.geteuid()), str(tmp_path), "given"]


def test_status_and_output_come_back() -> None:
    result = run_sealed(["sh", "-c", "echo out; echo err >&2; exit 3"])
    assert (result.returncode, result.stdout, result.stderr) == (3, "out\n", "err\n")
    assert run_sealed(["no-such-command"]).returncode == 127
    assert run_sealed(["sh", "-c", "kill -9 $$"]).returncode == -9


def test_what_is_left_running_is_ended() -> None:
    run_sealed(["sh", "-c", "sleep 98765 & echo started"])
    assert not _running("98765")


def test_a_command_that_hangs_is_ended_with_all_it_started() -> None:
    with pytest.raises(SealedTimeout, match="Ended after 1 s") as ended:
        run_sealed(["sh", "-c", "echo before; sleep 98766 & sleep 98766"], timeout=1)
    assert ended.value.result.stdout == "before\n"
    assert not _running("98766")


def test_other_packets_have_a_description() -> None:
    icmp = bytes([0x45, 0, 0, 20, 0, 0, 0, 0, 64, 1, 0, 0, 10, 0, 0, 1, 10, 0, 0, 2])
    assert describe(icmp) == "ICMP 10.0.0.2"
    assert describe(b"\x00\x01\x08\x00").startswith("no IP packet")


def _running(word: str) -> bool:
    return any(word in _words(process) for process in Path("/proc").glob("[0-9]*/cmdline"))


def _words(process: Path) -> list[str]:
    try:
        return process.read_text().split("\0")
    except OSError:  # it ended between the listing and the reading
        return []
