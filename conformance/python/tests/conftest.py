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
    """The identity client by endpoint and key. It signs the endpoint as it is given, without the
    scheme, so an application must leave out the slash at the end, as it must with Azure."""
    endpoint = parley.endpoint.rstrip("/")
    return lambda key: driver(lambda client: client(endpoint, AzureKeyCredential(key), **seen.options))
