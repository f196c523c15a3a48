"""Runs a command where every packet that tries to leave the machine is caught and kept.

The command gets network and process namespaces of its own. Loopback works; everything else,
over IPv4, IPv6, DNS and the proxies in its environment, is routed into one end of a wire whose
other end leads nowhere, and is read there. Needs Linux with `unshare` and `ip`; a user who is
not root also needs unprivileged user namespaces.
"""

import ipaddress
import json
import os
import select
import shutil
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

OUTSIDE = "dummy0"
NAME_SERVER = "192.0.2.53"
PROXY = "http://198.51.100.7:3128"
TRACER = "http://198.51.100.9:1984"
TRAPS = {
    **dict.fromkeys(("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"), PROXY),
    **dict.fromkeys(("http_proxy", "https_proxy", "all_proxy"), PROXY),
    **dict.fromkeys(("NO_PROXY", "no_proxy"), ""),
    **dict.fromkeys(("LANGSMITH_TRACING", "LANGCHAIN_TRACING_V2"), "true"),
    **dict.fromkeys(("LANGSMITH_ENDPOINT", "LANGCHAIN_ENDPOINT"), TRACER),
    **dict.fromkeys(("LANGSMITH_API_KEY", "LANGCHAIN_API_KEY"), "trap"),
}
_EVERY_PROTOCOL = 0x0003  # ETH_P_ALL
_WIRE = f"""
link set lo up
link add {OUTSIDE} type veth peer name nowhere0
link set dev {OUTSIDE} arp off
link set dev {OUTSIDE} addrgenmode none
link set dev nowhere0 addrgenmode none
link set nowhere0 up
link set {OUTSIDE} up
addr add 192.0.2.2/24 dev {OUTSIDE}
route add default dev {OUTSIDE}
-6 addr add 2001:db8::2/64 dev {OUTSIDE} nodad
-6 route add default dev {OUTSIDE}
"""
_NAME_FILES = {
    "/etc/resolv.conf": f"nameserver {NAME_SERVER}\noptions timeout:1 attempts:1\n",
    # Only plain DNS: a resolver daemon behind a Unix socket would ask outside for us.
    "/etc/nsswitch.conf": "passwd: files\ngroup: files\nhosts: files dns\n",
}
_NAME_DAEMON = Path("/run/nscd/socket")


class SealingRefused(Exception):
    """This machine does not let us make namespaces; the message says why."""


@dataclass(frozen=True)
class SealedResult:
    """How the command ended, and the IP packets it tried to send out, in order."""

    returncode: int
    stdout: str
    stderr: str
    packets: list[bytes]

    @property
    def destinations(self) -> list[str]:
        """For messages: `UDP 192.0.2.53:53` for each packet."""
        return [describe(packet) for packet in self.packets]


class SealedTimeout(Exception):
    """The command ran too long and was ended; `result` has what there was until then."""

    def __init__(self, result: SealedResult, timeout: float) -> None:
        tail = result.stderr[-2000:]
        super().__init__(f"Ended after {timeout} s; sent {result.destinations}; said: {tail}")
        self.result = result


def run_sealed(
    command: Sequence[str],
    cwd: Path | None = None,
    env: Mapping[str, str] | None = None,
    timeout: float = 60,
) -> SealedResult:
    """Run `command` sealed off, as the same user; every process it leaves behind is ended.

    `env` replaces this process's environment; the traps (`TRAPS`) are set in either.
    Raises `SealingRefused` or `SealedTimeout`.
    """
    missing = [tool for tool in ("unshare", "ip", "mount") if shutil.which(tool) is None]
    if sys.platform != "linux" or missing:
        raise SealingRefused(f"Sealing needs Linux with unshare, ip and mount; missing: {missing}")
    environment = {**(os.environ if env is None else env), **TRAPS}
    with (
        tempfile.TemporaryFile() as stdout,
        tempfile.TemporaryFile() as stderr,
        tempfile.TemporaryFile() as report,
    ):
        order = json.dumps({"command": list(command), "report": report.fileno(), "limit": timeout})
        subprocess.run(
            [*_unshare(), sys.executable, "-I", __file__, order],
            cwd=cwd,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=stdout,
            stderr=stderr,
            pass_fds=(report.fileno(),),
            timeout=timeout + 30,
            check=False,
        )
        texts = [_content(file).decode(errors="replace") for file in (stdout, stderr, report)]
    if not texts[2]:
        raise SealingRefused(f"No sealed namespace can be made here: {texts[1].strip()[-2000:]}")
    told = json.loads(texts[2])
    packets = [bytes.fromhex(packet) for packet in told["packets"]]
    result = SealedResult(told["returncode"], texts[0], texts[1], packets)
    if told["timed_out"]:
        raise SealedTimeout(result, timeout)
    return result


def describe(packet: bytes) -> str:
    """The protocol and destination of an IP packet, like `TCP 203.0.113.5:80`."""
    if packet[0] >> 4 == 4:
        protocol, to, rest = packet[9], packet[16:20], packet[(packet[0] & 15) * 4 :]
    elif packet[0] >> 4 == 6:
        protocol, to, rest = packet[6], packet[24:40], packet[40:]
    else:
        return f"no IP packet: {packet[:16].hex()}"
    address = ipaddress.ip_address(to)
    name = {1: "ICMP", 6: "TCP", 17: "UDP", 58: "ICMPv6"}.get(protocol, f"protocol {protocol}")
    if name not in ("TCP", "UDP"):
        return f"{name} {address}"
    port = struct.unpack_from("!H", rest, 2)[0]
    return f"{name} [{address}]:{port}" if address.version == 6 else f"{name} {address}:{port}"


def _unshare() -> list[str]:
    words = ["unshare", "--net", "--mount", "--pid", "--fork", "--mount-proc", "--kill-child"]
    # Not as a root of its own: the command must find itself the user that it is.
    return words if os.geteuid() == 0 else [*words, "--map-current-user", "--keep-caps"]


def _content(file: IO[bytes]) -> bytes:
    file.seek(0)
    return file.read()


def _inside(order: str) -> None:
    """The first process of the namespace: build the wire, run the command, report."""
    told = json.loads(order)
    _lay_wire()
    _replace_name_files()
    with socket.socket(socket.AF_PACKET, socket.SOCK_DGRAM, 0) as wire:
        wire.bind((OUTSIDE, _EVERY_PROTOCOL))
        wire.setblocking(False)
        _settle(wire)
        os.set_inheritable(told["report"], False)
        deadline = time.monotonic() + told["limit"]
        status, packets = _watch(_start(told["command"]), wire, deadline)
    timed_out = status is None
    report = {
        "returncode": -signal.SIGKILL if timed_out else status,
        "timed_out": timed_out,
        "packets": [packet.hex() for packet in packets],
    }
    with os.fdopen(told["report"], "w") as file:
        json.dump(report, file)


def _start(command: list[str]) -> int:
    """Start the command and return its process id; 127 is its status if there is none such."""
    try:
        return os.posix_spawnp(command[0], command, os.environ)
    except OSError as error:
        sys.stderr.write(f"{command[0]}: {error.strerror}\n")
        return os.posix_spawn("/bin/sh", ["sh", "-c", "exit 127"], {})


def _lay_wire() -> None:
    lines = _WIRE.strip().splitlines()
    switch = Path("/proc/sys/net/ipv6/conf/default/disable_ipv6")
    if not switch.exists() or switch.read_text().strip() != "0":
        lines = [line for line in lines if "-6" not in line and "addrgenmode" not in line]
    for line in lines:
        subprocess.run(["ip", *line.split()], check=True)


def _replace_name_files() -> None:
    """Put our own files over the machine's, in this mount namespace only."""
    for place, text in _NAME_FILES.items():
        if Path(place).exists():
            with tempfile.NamedTemporaryFile("w") as draft:
                draft.write(text)
                draft.flush()
                Path(draft.name).chmod(0o644)
                _cover(draft.name, place)
    if _NAME_DAEMON.exists():
        _cover(os.devnull, str(_NAME_DAEMON))


def _cover(source: str, target: str) -> None:
    subprocess.run(["mount", "--bind", source, target], check=True)


def _settle(wire: socket.socket) -> None:
    """Drop what the kernel itself may say while the wire comes up."""
    time.sleep(0.05)
    _read(wire)


def _watch(child: int, wire: socket.socket, deadline: float) -> tuple[int | None, list[bytes]]:
    """Collect packets until `child` ends; the status is None if it is not over in time."""
    packets: list[bytes] = []
    while time.monotonic() < deadline:
        select.select([wire], [], [], 0.02)
        packets += _read(wire)
        status = _reap(child)
        if status is not None:
            return status, packets + _read(wire)
    return None, packets + _read(wire)


def _read(wire: socket.socket) -> list[bytes]:
    packets = []
    while True:
        try:
            packets.append(wire.recv(65535))
        except BlockingIOError:
            return packets


def _reap(child: int) -> int | None:
    """Bury all processes that have ended, as the first process must; the status of `child`."""
    status = None
    while True:
        try:
            pid, raw = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return status
        if pid == 0:
            return status
        if pid == child:
            status = os.waitstatus_to_exitcode(raw)


if __name__ == "__main__":
    _inside(sys.argv[1])
