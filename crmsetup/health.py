"""Whether the server beside it answers: `python -m crmsetup.health` asks for the sign-in page, as a proxy would.

It needs neither Django nor a database; its exit status tells, and what it says tells why.
"""

import os
import sys
from http.client import HTTPConnection, HTTPException


def ask(port: int, host: str) -> str:
    """What is wrong with the answer; empty where nothing is."""
    connection = HTTPConnection("127.0.0.1", port, timeout=4)
    try:
        connection.request("GET", "/account/login/", headers={"Host": host, "X-Forwarded-Proto": "https"})
        status = connection.getresponse().status
    except (OSError, HTTPException) as error:
        return str(error) or type(error).__name__
    finally:
        connection.close()
    return "" if status == 200 else f"status {status}"


def a_name(allowed_hosts: str) -> str:
    """One of the host names that the server answers to: `.example.com` stands for example.com too, `*` for any."""
    first = allowed_hosts.partition(",")[0].strip().lstrip(".")
    return "localhost" if first in {"", "*"} else first


if __name__ == "__main__":
    sys.exit(ask(int(os.environ.get("PORT", "8000")), a_name(os.environ.get("ALLOWED_HOSTS", ""))) or None)
