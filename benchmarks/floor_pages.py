"""The least that a list page costs in Django: one statement over one flat table, fifty rows in a template.

Without sign-in, row-level security, audit, translation or menu; under the same server, with as many workers
and a pool of connections like the product's. Served by ``python -m benchmarks.floor_pages --port …``.
"""

import argparse
import json
import os
from typing import Any

_PAGE = """<!doctype html><html lang="en"><title>Requests</title><h1>Requests</h1><table>
<thead><tr><th>Person</th><th>Need</th><th>Asked</th><th>Sent</th><th>Where it stands</th></tr></thead>
<tbody>{% for row in rows %}<tr><th scope="row">{{ row.0 }}</th><td>{{ row.1 }}</td>
<td>{{ row.2 }}, {{ row.3 }}</td><td>{{ row.4|date:"M j" }}</td><td>{{ row.5 }}</td></tr>{% endfor %}</tbody>
</table></html>"""
_ROWS = """
select name, topic, asked, service, sent_at, status from bench.list
where holder_id = %s order by occurred_at desc limit 50
"""


def _configure() -> None:
    from django.conf import settings

    doors = json.loads(os.environ["COMMONWEAL_DB"])
    base = {"ENGINE": "django.db.backends.postgresql", "HOST": doors["host"], "PORT": doors["port"]}
    who = {"NAME": doors["name"], "USER": doors["admin"], "PASSWORD": doors["admin_password"]}
    pool = {"OPTIONS": {"pool": {"min_size": 1, "max_size": 8, "timeout": 5}}}
    settings.configure(
        ALLOWED_HOSTS=["*"],
        DATABASES={"default": base | who | pool},
        ROOT_URLCONF=__name__,
        SECRET_KEY="the floor signs nothing",
        USE_TZ=True,
    )
    import django

    django.setup()


def _views() -> list[Any]:
    from django.db import connection
    from django.http import HttpRequest, HttpResponse
    from django.template import Context, Engine
    from django.urls import path

    page = Engine().from_string(_PAGE)

    def listed(request: HttpRequest) -> HttpResponse:
        with connection.cursor() as cursor:
            cursor.execute(_ROWS, [request.GET["holder"]])
            return HttpResponse(page.render(Context({"rows": cursor.fetchall()})))

    return [path("", listed), path("healthz", lambda request: HttpResponse("ok"))]


def _application() -> Any:
    _configure()
    from django.core.handlers.wsgi import WSGIHandler

    return WSGIHandler()


def main() -> None:
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, required=True)
    Granian(
        "benchmarks.floor_pages:application",
        address="127.0.0.1",
        port=parser.parse_args().port,
        interface=Interfaces.WSGI,
        workers=2,
        blocking_threads=4,
        log_level=LogLevels.warning,
    ).serve()


if __name__ == "__main__":
    main()
else:  # in a worker
    application = _application()
    urlpatterns = _views()
