"""What azure-communication-identity raises when Parley says no, sync and async."""

import base64
from datetime import timedelta

import pytest
from azure.communication.identity import CommunicationUserIdentifier
from azure.core.exceptions import (
    ClientAuthenticationError,
    HttpResponseError,
    ResourceNotFoundError,
)

SOMEONE = "00000000-0000-4000-8000-000000000000"


@pytest.mark.parametrize("minutes", [1, 59, 1441, 100000])
def test_life_out_of_range(identity, minutes):
    user = identity.call("create_user")

    with pytest.raises(HttpResponseError) as refusal:
        identity.call("get_token", user, ["chat"], token_expires_in=timedelta(minutes=minutes))

    assert_refused(refusal.value, 400, "BadRequest")


@pytest.mark.parametrize("scopes", [["everything"], []])
def test_bad_scopes(identity, scopes):
    user = identity.call("create_user")

    with pytest.raises(HttpResponseError) as refusal:
        identity.call("get_token", user, scopes)

    assert_refused(refusal.value, 400, "BadRequest")


def test_token_of_unknown_user(identity, parley):
    user = CommunicationUserIdentifier(f"8:acs:{parley.resource_id}_{SOMEONE}")

    with pytest.raises(ResourceNotFoundError) as refusal:
        identity.call("get_token", user, ["chat"])

    assert_refused(refusal.value, 404, "IdentityNotFound")


def test_token_of_deleted_user(identity):
    user = identity.call("create_user")
    identity.call("delete_user", user)

    with pytest.raises(ResourceNotFoundError) as refusal:
        identity.call("get_token", user, ["chat"])

    assert_refused(refusal.value, 404, "IdentityNotFound")


def test_wrong_key(identity_by_key):
    wrong = base64.b64encode(bytes([7]) * 64).decode()

    with pytest.raises(ClientAuthenticationError) as refusal:
        identity_by_key(wrong).call("create_user")

    assert_refused(refusal.value, 401, "Denied")


def test_teams_exchange_without_identity_provider(identity):
    with pytest.raises(HttpResponseError) as refusal:
        identity.call("get_token_for_teams_user", "a.b.c", SOMEONE, SOMEONE)

    assert_refused(refusal.value, 403, "IdentityProviderNotConfigured")


def assert_refused(failure, status, code):
    assert failure.status_code == status
    assert failure.error.code == code
    assert failure.error.message
