"""A throwaway PostgreSQL: `python -m tests.postgres COMMAND` runs the command with DATABASE_URL pointing at it.

The cluster lives in a temporary folder, listens on a Unix socket there alone, and never syncs. It belongs to a keeper,
a process of its own session that waits at the end of a pipe. The pipe closes when the command is done and also when
this process is killed, so the keeper always gets to stop the server and remove the folder.
"""

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "60",
}


def binaries() -> Path | None:
    """The folder of initdb and postgres: that of PATH, else the newest of Debian's versioned folders."""
    found = shutil.which("postgres")
    folders = [Path(found).resolve().parent] if found else []
    versioned = Path("/usr/lib/postgresql").glob("*/bin")
    folders += sorted(versioned, key=lambda folder: float(folder.parent.name), reverse=True)
    return next((f for f in folders if (f / "initdb").exists() and (f / "pg_ctl").exists()), None)


@contextmanager
def throwaway() -> Iterator[str]:
    """The address (for DATABASE_URL) of a server that is gone after the block."""
    keeper = subprocess.Popen(
        [sys.executable, "-m", "tests.postgres", "--keep"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert keeper.stdin
    assert keeper.stdout
    try:
        address = keeper.stdout.readline().strip()
        if not address:
            raise RuntimeError("PostgreSQL did not start; see above.")
        yield address
    finally:
        keeper.stdin.close()
        keeper.wait()
        keeper.stdout.close()


def keep() -> None:
    """Makes and starts a cluster, prints its address, and removes it when standard input ends."""
    folder = Path(tempfile.mkdtemp(prefix="crmsetup-pg-", dir=_short_folder()))
    identity = _unprivileged(folder)
    try:
        _start(folder, identity)
        print(f"postgresql://crmsetup@/{folder}/postgres", flush=True)
        sys.stdin.read()
    finally:
        _pg("pg_ctl", identity, "-D", folder / "data", "-m", "immediate", "-w", "stop", check=False)
        shutil.rmtree(folder, ignore_errors=True)


def _start(folder: Path, identity: dict[str, object]) -> None:
    data = folder / "data"
    trust = ["--auth=trust", "--username=crmsetup", "--encoding=UTF8", "--locale=C", "--no-sync"]
    _pg("initdb", identity, "-D", data, *trust)
    settings = SETTINGS | {"unix_socket_directories": str(folder)}
    lines = [f"{name} = '{value}'\n" for name, value in settings.items()]
    with (data / "postgresql.conf").open("a") as file:
        file.writelines(lines)
    _pg("pg_ctl", identity, "-D", data, "-l", folder / "log", "-w", "start")


def _pg(program: str, identity: dict[str, object], *arguments: object, check: bool = True) -> None:
    folder = binaries()
    if folder is None:
        raise SystemExit("PostgreSQL's programs (initdb, postgres, pg_ctl) are not here.")
    command = [str(folder / program), *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd="/", **identity)  # type: ignore[call-overload]
    if check and done.returncode:
        raise SystemExit(done.stdout + done.stderr)


def _unprivileged(folder: Path) -> dict[str, object]:
    """PostgreSQL refuses root: its programs then run as the account `nobody`, which also gets the folder."""
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    os.chown(folder, nobody.pw_uid, nobody.pw_gid)
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def _short_folder() -> str:
    """The temporary folder, unless its path would not fit into the address of a socket (about 100 characters)."""
    usual = tempfile.gettempdir()
    return usual if len(usual) < 60 else "/tmp"


def main(arguments: list[str]) -> int:
    if arguments == ["--keep"]:
        keep()
        return 0
    if not arguments:
        print(__doc__)
        return 2
    with throwaway() as address:
        environment = os.environ | {"DATABASE_URL": address}
        return subprocess.run(arguments, env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
