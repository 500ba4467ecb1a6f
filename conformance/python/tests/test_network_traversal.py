"""The relay through azure-communication-networktraversal, unmodified, sync and async."""

import base64
import hashlib
import hmac
import os
from datetime import datetime, timezone

import pytest
from azure.communication.identity import CommunicationIdentityClient
from azure.communication.networktraversal import CommunicationRelayClient, RouteType
from azure.communication.networktraversal._shared.models import CommunicationUserIdentifier
from azure.communication.networktraversal.aio import (
    CommunicationRelayClient as AsyncCommunicationRelayClient,
)
from azure.core.exceptions import HttpResponseError

import rooms_driver

OPERATION = "networkTraversal.issueRelayConfiguration"


@pytest.fixture(params=["async", "sync"])
def relay(request, parley, seen):
    """Asks for a relay configuration by the sync or the async client."""
    kind, client = {
        "async": (rooms_driver.Async, AsyncCommunicationRelayClient),
        "sync": (rooms_driver.Sync, CommunicationRelayClient),
    }[request.param]
    driver = kind(
        lambda made: made.from_connection_string(parley.connection_string, **seen.options), client
    )
    yield lambda **wish: driver.call("get_relay_configuration", **wish)
    driver.close()


def seconds_left(configuration):
    return (configuration.expires_on - datetime.now(timezone.utc)).total_seconds()


@pytest.mark.proves(OPERATION)
def test_gives_out_a_relay_of_each_route_type(relay, parley):
    configuration = relay()

    assert [server.route_type for server in configuration.ice_servers] == ["any", "nearest"]
    for server in configuration.ice_servers:
        assert server.urls == [os.environ["PARLEY_RELAY_URL"]]
        end = int(configuration.expires_on.timestamp())
        assert server.username == f"{end}:{parley.resource_id}"
        secret = os.environ["PARLEY_RELAY_SECRET"].encode()
        signed = hmac.new(secret, server.username.encode(), hashlib.sha1).digest()
        assert server.credential == base64.b64encode(signed).decode()
    assert 172_000 < seconds_left(configuration) <= 172_800


@pytest.mark.proves(OPERATION)
def test_gives_out_a_relay_for_a_user_a_route_and_a_time(relay, parley):
    user = CommunicationIdentityClient.from_connection_string(parley.connection_string).create_user()

    configuration = relay(user=user, route_type=RouteType.NEAREST, ttl=600)

    [server] = configuration.ice_servers
    assert server.route_type == "nearest"
    assert server.username.endswith(":" + user.properties["id"])
    assert 500 < seconds_left(configuration) <= 600


def test_user_who_is_not_there_is_refused(relay, parley):
    nobody = f"8:acs:{parley.resource_id}_00000000-0000-4000-8000-000000000000"

    with pytest.raises(HttpResponseError) as refusal:
        relay(user=CommunicationUserIdentifier(nobody))

    assert refusal.value.status_code == 404
    assert refusal.value.response.headers["x-ms-error-code"] == "IdentityNotFound"
