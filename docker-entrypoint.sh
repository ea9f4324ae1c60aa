#!/bin/sh
# What a container of this image does: `web` serves, `worker` sends mail, anything else is a manage.py command.
set -eu

if [ "$1" = "worker" ]; then
    # As many processes as may send at once. Each is renewed now and then, so that its memory never grows for long.
    exec celery --app site_core worker \
        --concurrency "${MAIL_SENDERS:-2}" \
        --max-tasks-per-child 200 \
        --loglevel "${LOG_LEVEL:-INFO}" \
        --without-gossip --without-mingle
fi

if [ "$1" != "web" ]; then
    exec python manage.py "$@"
fi
# For a first look without compose: an empty database is filled with the demonstration before the site is served.
if [ "${FIRST_LOOK:-}" = "1" ]; then
    LOAD_DEMO=1 python manage.py prepare
fi
# Two processes suit a small host; WEB_CONCURRENCY says otherwise. The heartbeat lies in memory, because the root file
# system may be read-only.
exec gunicorn site_core.wsgi:application \
    --bind "0.0.0.0:${PORT}" \
    --worker-class gthread \
    --workers "${WEB_CONCURRENCY:-2}" \
    --threads "${WEB_THREADS:-4}" \
    --worker-tmp-dir /dev/shm \
    --max-requests 5000 --max-requests-jitter 500 \
    --graceful-timeout 10 \
    --no-control-socket
