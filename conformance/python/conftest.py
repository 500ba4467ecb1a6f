"""How a Python test declares and earns a proof.

A test marked ``@pytest.mark.proves("identity.create")`` takes ``seen`` and passes ``seen.options`` to
its client, so that every request and the status that the SDK received are noted. When a test ends,
one JSON line goes to the file PARLEY_RESULTS; the build reads it, fails a declared operation that the
SDK did not see succeed, and keeps the evidence.
"""

import json
import os
import urllib.parse

import pytest


class Seen:
    """The exchanges of one test, noted by the SDK's own response hook."""

    def __init__(self):
        self.exchanges = []

    @property
    def options(self):
        """Keyword arguments for a client or an operation of the SDK, sync or async."""
        return {"raw_response_hook": self._note}

    def _note(self, response):
        url = urllib.parse.urlsplit(response.http_request.url)
        self.exchanges.append(
            {
                "method": response.http_request.method,
                "target": url.path + ("?" + url.query if url.query else ""),
                "status": response.http_response.status_code,
            }
        )


class Parley:
    """What a running Parley says of itself in connection.env."""

    def __init__(self, environment):
        self.endpoint = environment["PARLEY_ENDPOINT"]
        self.connection_string = environment["PARLEY_CONNECTION_STRING"]
        self.resource_id = environment["PARLEY_RESOURCE_ID"]
        self.access_key = self.connection_string.split(";accesskey=", 1)[1]


@pytest.fixture(scope="session")
def parley():
    return Parley(os.environ)


@pytest.fixture
def seen(request):
    request.node.seen = Seen()
    return request.node.seen


def pytest_configure(config):
    config.addinivalue_line("markers", "proves(*operations): ids of ledger/operations.tsv")


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item, call):
    report = (yield).get_result()
    if report.when == "call" or (report.when == "setup" and not report.passed):
        _write_result(item, report)


def _write_result(item, report):
    marker = item.get_closest_marker("proves")
    line = {
        "test": item.nodeid.split("/")[-1].replace(".py::", ": "),
        "outcome": report.outcome,
        "message": report.longreprtext,
        "proves": list(marker.args) if marker else [],
        "exchanges": item.seen.exchanges if hasattr(item, "seen") else [],
    }
    with open(os.environ["PARLEY_RESULTS"], "a", encoding="utf-8") as results:
        results.write(json.dumps(line) + "\n")
