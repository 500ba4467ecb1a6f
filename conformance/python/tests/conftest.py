"""The clients that the identity tests share."""

import pytest
from azure.core.credentials import AzureKeyCredential

from identity_driver import DRIVERS


@pytest.fixture(params=sorted(DRIVERS))
def driver(request):
    """Makes a driver from a function of the client class; closes it after the test."""
    opened = []

    def open_driver(make):
        opened.append(DRIVERS[request.param](make))
        return opened[-1]

    yield open_driver
    for one in opened:
        one.close()


@pytest.fixture
def identity(driver, parley, seen):
    """The identity client by connection string: what most applications do."""
    return driver(lambda client: client.from_connection_string(parley.connection_string, **seen.options))


@pytest.fixture
def identity_by_key(driver, parley, seen):
    """The identity client by endpoint and key."""
    return lambda key: driver(lambda client: client(parley.endpoint, AzureKeyCredential(key), **seen.options))
