"""The clients that the tests share."""

import pytest
from azure.core.credentials import AzureKeyCredential

from azure.communication.identity import CommunicationIdentityClient

import chat_driver
import rooms_driver
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


@pytest.fixture(params=sorted(chat_driver.DRIVERS))
def people(request, parley, seen):
    """Users who can chat; the identity client that makes them is always the sync one."""
    identity = CommunicationIdentityClient.from_connection_string(parley.connection_string)
    made = chat_driver.People(chat_driver.DRIVERS[request.param](), parley, seen, identity)
    yield made
    made.close()


@pytest.fixture(params=sorted(rooms_driver.DRIVERS))
def rooms(request, parley, seen):
    """The rooms client by connection string; the identity client that makes users is the sync one."""
    identity = CommunicationIdentityClient.from_connection_string(parley.connection_string)
    driver = rooms_driver.DRIVERS[request.param](
        lambda client: client.from_connection_string(parley.connection_string, **seen.options)
    )
    yield rooms_driver.Rooms(driver, identity)
    driver.close()
