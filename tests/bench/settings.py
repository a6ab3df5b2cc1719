"""The project's settings without debugging and caches, with Django admin beside it, on a database of its own."""

import os

from crmsetup.settings import *  # noqa: F403
from crmsetup.settings import DATABASES, INSTALLED_APPS

DEBUG = False
INSTALLED_APPS = [*INSTALLED_APPS, "django.contrib.admin"]
ROOT_URLCONF = "tests.bench.urls"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
DATABASES["default"]["TEST"] = {"NAME": os.environ.get("BENCH_DATABASE")}  # the command's own: it is gone afterwards
