"""Where a request comes from, as the proxy in front of us saw it."""

import functools
from ipaddress import ip_address, ip_network

from django.conf import settings


def address_of(request) -> str:
    """Return the client's address; a header counts from a trusted proxy alone.

    nginx writes X-Real-IP anew on every request, so whoever sends one gains nothing.
    """
    direct = request.META.get("REMOTE_ADDR", "")
    if not is_trusted(direct):
        return direct
    told = request.headers.get("X-Real-IP", "").strip()
    try:
        return str(ip_address(told))
    except ValueError:
        return direct


def is_trusted(address: str) -> bool:
    # A Unix socket has no address: who reaches it is on this machine.
    return not address or _is_in(address, *settings.TRUSTED_PROXIES)


# Nearly always of the one proxy; a few others come and go.
@functools.lru_cache(64)
def _is_in(address, *networks):
    try:
        known = ip_address(address)
    except ValueError:
        return False
    return any(known in ip_network(network) for network in networks)
