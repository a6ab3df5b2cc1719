"""How gunicorn serves, here and in the container: `gunicorn --config python:crmsetup.gunicorn`."""

import os

wsgi_app = "crmsetup.wsgi"
bind = ":".join((os.environ.get("LISTEN", "127.0.0.1"), os.environ.get("PORT", "8000")))
workers = int(os.environ.get("WEB_CONCURRENCY") or min(2 * (os.cpu_count() or 1), 8))
threads = 4  # a long PDF keeps one thread busy; the heartbeat goes on, so no timeout ends it
preload_app = True  # one copy of the code for all processes, and a wrong setting stops the start
max_requests = 2000  # then a fresh process: long PDFs leave memory in pieces
max_requests_jitter = 500
control_socket_disable = True  # nothing here talks to it
