"""The network addresses of this machine, and where programs listen on it."""

import ipaddress
import socket

import psutil

_FAMILIES = (socket.AF_INET, socket.AF_INET6)


def own_addresses() -> list[str]:
    """Where other machines can reach this one: no loopback, no address of a single cable."""
    listed = [entry for entries in psutil.net_if_addrs().values() for entry in entries]
    texts = {entry.address.partition("%")[0] for entry in listed if entry.family in _FAMILIES}
    found = [ipaddress.ip_address(text) for text in texts]
    return sorted(str(each) for each in found if not (each.is_loopback or each.is_link_local))


def is_open_to_others(port: int) -> bool | None:
    """Whether something listens on `port` beyond loopback; None where only root may know."""
    try:
        sockets = psutil.net_connections("tcp")
    except (psutil.AccessDenied, OSError):
        return None
    listening = [s.laddr for s in sockets if s.status == psutil.CONN_LISTEN and s.laddr]
    places = [place.ip.partition("%")[0] for place in listening if place.port == port]
    return any(not _mapped(place).is_loopback for place in places)


def _mapped(text: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address:
    """`::ffff:127.0.0.1` is how a socket of both kinds names 127.0.0.1."""
    address = ipaddress.ip_address(text)
    return getattr(address, "ipv4_mapped", None) or address
