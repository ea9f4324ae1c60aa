"""Health probes for the machinery around the site: `/livez` and `/readyz`."""

from collections.abc import Callable

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse


class ProbeMiddleware:
    """Answers the probes before anything else: whatever the Host, over TLS or not, and never from a cache."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.probes = {"/livez": self.live, "/readyz": self.ready}

    def __call__(self, request: HttpRequest) -> HttpResponse:
        probe = self.probes.get(request.path_info)
        if probe is None:
            return self.get_response(request)
        response = probe()
        response["Cache-Control"] = "no-store"
        response["X-Content-Type-Options"] = "nosniff"
        return response

    def live(self) -> HttpResponse:
        """Say that the process answers."""
        return HttpResponse("ok\n", content_type="text/plain")

    def ready(self) -> HttpResponse:
        """Say whether the database can be reached and has every migration that this code needs."""
        try:
            executor = MigrationExecutor(connection)
            pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
        except DatabaseError:
            return HttpResponse("database unreachable\n", status=503, content_type="text/plain")
        if pending:
            return HttpResponse("migrations pending\n", status=503, content_type="text/plain")
        return HttpResponse("ok\n", content_type="text/plain")
