# One image for every process of the site. Built in two stages: no compiler and no build tool is left in the second.
FROM python:3.13-slim-bookworm AS build

ENV PYTHONDONTWRITEBYTECODE=1 PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
RUN python -m venv /opt/venv
ENV PATH=/opt/venv/bin:$PATH
COPY requirements/production.txt /tmp/requirements.txt
RUN pip install --require-hashes --requirement /tmp/requirements.txt
WORKDIR /app
COPY manage.py ./
COPY site_core ./site_core
COPY pages ./pages
COPY press ./press
COPY subscriptions ./subscriptions
COPY templates ./templates
COPY static ./static
COPY locale ./locale
# The values only let the settings load: nothing of them is kept in the image.
RUN SECRET_KEY=build ALLOWED_HOSTS=build BASE_URL=http://build DATABASE_URL=sqlite:///:memory: \
    DJANGO_SETTINGS_MODULE=site_core.settings.production python manage.py collectstatic --no-input --verbosity 0 \
    && python -m compileall -q /app/site_core /app/pages /app/press /app/subscriptions


FROM python:3.13-slim-bookworm

ARG COMMIT=unknown
ARG BUILT=unknown
LABEL org.opencontainers.image.title="VästKom press and information site" \
      org.opencontainers.image.licenses="MIT" \
      org.opencontainers.image.revision=$COMMIT \
      org.opencontainers.image.created=$BUILT

RUN apt-get update \
    && apt-get install --yes --no-install-recommends tini \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin site \
    && install --directory --owner site --group site /data /data/media
COPY --from=build /opt/venv /opt/venv
COPY --from=build /app /app
COPY docker-entrypoint.sh /usr/local/bin/docker-entrypoint.sh

ENV PATH=/opt/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    DJANGO_SETTINGS_MODULE=site_core.settings.production \
    MEDIA_ROOT=/data/media \
    PORT=8000
WORKDIR /app
USER site
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s --retries=3 \
    CMD ["python", "-c", "import os, urllib.request; urllib.request.urlopen(f\"http://127.0.0.1:{os.environ['PORT']}/readyz\", timeout=4)"]
ENTRYPOINT ["/usr/bin/tini", "--", "docker-entrypoint.sh"]
CMD ["web"]
