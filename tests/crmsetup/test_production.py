"""What production refuses to start without, and what it sends."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SETTINGS = ("CRMSETUP_MODE", "SECRET_KEY", "ALLOWED_HOSTS", "DEBUG", "DATABASE_URL", "SECURE_SSL_REDIRECT")
GOOD = {
    "CRMSETUP_MODE": "production",
    "SECRET_KEY": "k" * 30 + "-Æ9x" * 10,
    "ALLOWED_HOSTS": "crm.example",
    "EMAIL_URL": "smtp://localhost",
}
ASK = """
import json, django
from django.conf import settings
django.setup()
settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
from django.test import Client
client = Client(headers={"host": "crm.example"})
page = client.get("/account/login/", secure=True)
plain = client.get("/account/login/")
language = client.post("/preferences/", {"language": "en"}, secure=True)
lost = client.get("/nowhere/", secure=True)
print(json.dumps({
    "page": [page.status_code, dict(page.headers)],
    "plain": [plain.status_code, dict(plain.headers)],
    "lost": [lost.status_code, dict(lost.headers)],
    "cookies": {name: [bool(one["secure"]), bool(one["httponly"]), one["samesite"]]
                for answer in (page, language) for name, one in answer.cookies.items()},
    "session": [settings.SESSION_COOKIE_SECURE, settings.SESSION_COOKIE_HTTPONLY, settings.SESSION_COOKIE_SAMESITE],
    "debug": settings.DEBUG,
}))
"""


def run(*command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Runs Python under these variables and none of those that somebody works with."""
    clean = {name: value for name, value in os.environ.items() if name not in SETTINGS}
    clean |= {"DATABASE_URL": "sqlite://:memory:", "DJANGO_SETTINGS_MODULE": "crmsetup.settings", **environment}
    return subprocess.run([sys.executable, *command], cwd=ROOT, env=clean, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    ("environment", "named"),
    [
        ({"SECRET_KEY": None}, "SECRET_KEY"),
        ({"SECRET_KEY": ""}, "SECRET_KEY"),
        ({"ALLOWED_HOSTS": None}, "ALLOWED_HOSTS"),
        ({"ALLOWED_HOSTS": ""}, "ALLOWED_HOSTS"),
        ({"CRMSETUP_MODE": "prod"}, "CRMSETUP_MODE"),
    ],
)
def test_does_not_start_without_its_secrets(environment, named):
    given = {name: value for name, value in (GOOD | environment).items() if value is not None}
    done = run("manage.py", "check", **given)
    assert done.returncode != 0
    assert named in done.stderr.strip().splitlines()[-1]


def test_development_needs_no_variable():
    done = run("manage.py", "check")
    assert (done.returncode, done.stdout) == (0, "System check identified no issues (0 silenced).\n")


def test_the_check_for_deployment_has_nothing_to_say():
    done = run("manage.py", "check", "--deploy", "--fail-level", "WARNING", **GOOD)
    assert done.stdout + done.stderr == "System check identified no issues (0 silenced).\n"


def test_answers_are_strict_and_cookies_travel_safely():
    done = run("-c", ASK, **GOOD)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout.splitlines()[-1])
    assert told["debug"] is False
    assert told["session"] == [True, True, "Lax"]
    assert told["cookies"] == {"csrftoken": [True, True, "Lax"], "django_language": [True, False, "Lax"]}
    status, headers = told["plain"]
    assert (status, headers["Location"]) == (301, "https://crm.example/account/login/")
    for name, status in (("page", 200), ("lost", 404)):
        got, headers = told[name]
        assert got == status
        assert set(headers["Content-Security-Policy"].split("; ")) == {
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "img-src 'self' data:",
            "font-src 'self'",
            "connect-src 'self'",
            "form-action 'self'",
            "base-uri 'none'",
            "frame-ancestors 'none'",
        }
        assert headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains; preload"
        assert headers["X-Frame-Options"] == "DENY"
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "same-origin"
        assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
