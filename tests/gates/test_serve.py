"""`make serve` serves as production does, and the container file builds what it runs."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps

from crmsetup.health import a_name
from tests.gates import machine
from tests.gates.serving import Server, clean_environment, free_port, running

ROOT = Path(__file__).resolve().parent.parent.parent
MAKE = ("make", "--old-file=.venv/bin/.installed")  # what is installed stays as it is
CONTAINERFILE = (ROOT / "Containerfile").read_text().replace("\\\n", "")
STYLE_SHEET = re.compile(r'href="(/static/css/app\.[0-9a-f]{12}\.css)"')


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder, port = tmp_path_factory.mktemp("serve"), free_port()
    environment = clean_environment(PORT=str(port), DATABASE_URL=f"sqlite:///{folder}/served.sqlite3", DEBUG="true")
    with running((*MAKE, "serve"), folder=ROOT, log=folder / "log", port=port, environment=environment) as server:
        yield server


def test_it_says_where_it_is(served):
    assert f"http://127.0.0.1:{served.port}/" in served.log.read_text()


def test_the_secret_is_kept_where_git_does_not_look():
    key = ROOT / "build" / "secret-key"
    assert len(key.read_text().strip()) >= 60
    assert key.stat().st_mode & 0o077 == 0
    assert subprocess.run(["git", "check-ignore", "-q", key], cwd=ROOT, check=False).returncode == 0


def test_pages_come_over_http_with_their_policy(served):
    page = served.get("/account/login/")
    assert page.status == 200
    assert "script-src 'self'" in page.headers["Content-Security-Policy"]
    assert "unsafe" not in page.headers["Content-Security-Policy"]
    assert "Secure" not in page.headers["Set-Cookie"]  # or no browser would send it back


def test_errors_tell_nothing_of_the_code(served):
    page = served.get("/account/no-such-page/")
    assert page.status == 404
    assert b"urlpatterns" not in page.body
    assert b"DEBUG" not in page.body
    assert served.get("/account/login/", {"Host": "crm.example"}).status == 400


@pytest.mark.parametrize("encoding", ["gzip", "br"])
def test_the_style_sheet_is_hashed_compressed_and_kept(served, encoding):
    address = STYLE_SHEET.search(served.get("/account/login/").body.decode())
    assert address
    sheet = served.get(address[1], {"Accept-Encoding": encoding})
    assert sheet.status == 200
    assert sheet.headers["Content-Encoding"] == encoding
    assert "immutable" in sheet.headers["Cache-Control"]
    assert "max-age=315360000" in sheet.headers["Cache-Control"]


def test_every_file_that_a_page_or_style_sheet_names_is_there(served):
    named = set(re.findall(r'(?:href|src)="(/static/[^"]+)"', served.get("/account/login/").body.decode()))
    for sheet in [name for name in named if name.endswith(".css")]:
        named |= _named_by(served, sheet)
    assert len(named) > 20
    assert {name: served.get(name).status for name in named} == dict.fromkeys(named, 200)
    assert all(re.search(r"\.[0-9a-f]{12}\.\w+$", name) for name in named)


def _named_by(server: Server, sheet: str) -> set[str]:
    """What a style sheet names, and the sheets that it imports."""
    folder = sheet.rpartition("/")[0]
    paths = re.findall(r"""url\(["']?([^"')]+)["']?\)""", server.get(sheet).body.decode())
    found = {os.path.normpath(f"{folder}/{path}") for path in paths if not path.startswith(("data:", "#"))}
    return found.union(*(_named_by(server, name) for name in found if name.endswith(".css")))


def health(port: int, hosts: str) -> subprocess.CompletedProcess[str]:
    """What the container's health check says."""
    command = instructions("HEALTHCHECK")[0].partition("CMD")[2]
    assert command.strip() == '["python", "-m", "crmsetup.health"]'
    environment = clean_environment(PORT=str(port), ALLOWED_HOSTS=hosts)
    return subprocess.run(
        [sys.executable, "-m", "crmsetup.health"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_health_check_tells_a_server_that_answers_from_one_that_does_not(served):
    assert health(served.port, "localhost,127.0.0.1").returncode == 0
    assert health(served.port, "crm.example").stderr.strip() == "status 400"
    assert "refused" in health(free_port(), "localhost").stderr


@pytest.mark.parametrize(
    ("allowed", "name"),
    [
        ("crm.example,other.example", "crm.example"),
        (".crm.example", "crm.example"),
        ("*", "localhost"),
        ("", "localhost"),
    ],
)
def test_the_health_check_asks_by_a_name_that_is_allowed(allowed, name):
    assert a_name(allowed) == name


# --- the container file: no engine builds it here, so its steps are taken one by one


def instructions(kind: str) -> list[str]:
    return re.findall(rf"^{kind} (.+)$", CONTAINERFILE, re.MULTILINE)


def image_environment() -> dict[str, str]:
    return dict(pair.split("=", 1) for line in instructions("ENV") for pair in shlex.split(line))


def test_the_image_has_the_libraries_that_handouts_need():
    installed = next(line for line in instructions("RUN") if "apt-get install" in line)
    assert set(machine.NEEDS["Pango"].packages) <= set(installed.split())


def test_the_image_installs_pinned_packages_alone():
    assert [line for line in instructions("RUN") if "pip" in line] == [
        "pip install --no-cache-dir --disable-pip-version-check --require-hashes -r requirements.txt"
    ]


def test_the_image_runs_unprivileged_and_holds_no_secret():
    assert instructions("USER") == ["10001"]
    assert CONTAINERFILE.index("\nUSER") > CONTAINERFILE.rindex("\nRUN")
    assert instructions("ARG") == []
    assert "SECRET_KEY" not in image_environment()


def test_the_image_has_every_room():
    copied = {line.split()[0] for line in instructions("COPY")}
    ours = {Path(app.path).name for app in apps.get_app_configs() if Path(app.path).parent == ROOT}
    assert ours
    assert ours <= copied


def test_what_the_image_copies_serves(tmp_path):
    folder, port = tmp_path / "image", free_port()
    folder.mkdir()
    for line in instructions("COPY"):
        source, target = line.split()
        _copy(ROOT / source, folder / target / (source if target == "./" else ""))
    environment = clean_environment(**image_environment()) | {
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "DATABASE_URL": f"sqlite:///{tmp_path}/data.sqlite3",
        "LISTEN": "127.0.0.1",
        "PORT": str(port),
    }
    for line in instructions("RUN"):
        if "python " in line:
            subprocess.run(["bash", "-ec", line], cwd=folder, env=environment, check=True)
    environment |= {"SECRET_KEY": "x" * 60, "ALLOWED_HOSTS": "crm.example", "WEB_CONCURRENCY": "1"}
    subprocess.run(["python", "manage.py", "migrate", "--verbosity", "0"], cwd=folder, env=environment, check=True)
    command = [word for line in instructions("CMD") for word in _words(line)]
    with running(command, folder=folder, log=tmp_path / "log", port=port, environment=environment) as server:
        assert health(port, "crm.example").returncode == 0
        plain = server.get("/account/login/", {"Host": "crm.example"})
        assert (plain.status, plain.headers["Location"]) == (301, "https://crm.example/account/login/")


def _copy(source: Path, target: Path) -> None:
    if source.is_dir():
        shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__", "*.mo"))
    else:
        shutil.copy2(source, target)


def _words(listed: str) -> list[str]:
    return [word.strip(' "') for word in listed.strip("[]").split(",")]
