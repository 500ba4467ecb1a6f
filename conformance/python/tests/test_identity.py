"""Users and tokens through azure-communication-identity, unmodified, sync and async."""

import asyncio
import re
import urllib.parse
from datetime import timedelta

import pytest
from azure.communication.identity import CommunicationTokenScope
from azure.communication.chat import CommunicationTokenCredential
from azure.communication.chat.aio import CommunicationTokenCredential as AsyncTokenCredential

from token_claims import TokenClaims


@pytest.mark.proves("identity.create")
def test_creates_user(identity, parley, seen):
    user = identity.call("create_user")

    assert re.fullmatch(f"8:acs:{parley.resource_id}_[0-9a-f-]{{36}}", user.properties["id"])
    assert user.raw_id == user.properties["id"]


@pytest.mark.proves("identity.create")
def test_creates_user_with_token(identity, seen):
    user, token = identity.call(
        "create_user_and_token", ["chat", "voip"], token_expires_in=timedelta(minutes=90)
    )

    claims = TokenClaims(token.token)
    assert claims.scopes == ["chat", "voip"]
    assert claims.user_id == user.properties["id"]
    assert claims.life_minutes == 90


@pytest.mark.proves("identity.issueAccessToken")
@pytest.mark.parametrize("scope", ["chat", "voip", "chat.join", "chat.join.limited", "voip.join"])
def test_issues_token_of_every_scope(identity, seen, scope):
    user = identity.call("create_user")

    token = identity.call("get_token", user, [scope])

    claims = TokenClaims(token.token)
    assert claims.scopes == [scope]
    assert claims.user_id == user.properties["id"]
    assert claims.life_minutes == 1440


@pytest.mark.proves("identity.issueAccessToken")
@pytest.mark.parametrize("minutes", [60, 61, 720, 1440])
def test_issues_token_of_chosen_life(identity, seen, minutes):
    user = identity.call("create_user")

    token = identity.call(
        "get_token", user, [CommunicationTokenScope.CHAT], token_expires_in=timedelta(minutes=minutes)
    )

    assert TokenClaims(token.token).life_minutes == minutes


@pytest.mark.proves("identity.revokeAccessTokens")
def test_revokes_tokens(identity, seen):
    user = identity.call("create_user")
    identity.call("get_token", user, ["chat"])

    identity.call("revoke_tokens", user)

    assert identity.call("get_token", user, ["chat"]).token


@pytest.mark.proves("identity.delete")
def test_deletes_user(identity, seen):
    identity.call("delete_user", identity.call("create_user"))


@pytest.mark.proves("identity.create")
def test_endpoint_and_key_work(identity_by_key, parley, seen):
    assert identity_by_key(parley.access_key).call("create_user").properties["id"]


@pytest.mark.proves("identity.delete")
def test_id_in_path_names_the_user(identity, seen):
    user = identity.call("create_user")

    identity.call("delete_user", user)

    path = seen.exchanges[-1]["target"].split("?")[0]
    assert urllib.parse.unquote(path) == "/identities/" + user.properties["id"]


def test_sdk_credential_reads_token(identity, seen):
    token = identity.call("get_token", identity.call("create_user"), ["chat"]).token

    read = CommunicationTokenCredential(token).get_token()

    assert read.token == token
    assert read.expires_on == TokenClaims(token).expiry


def test_sdk_async_credential_reads_token(identity, seen):
    token = identity.call("get_token", identity.call("create_user"), ["chat"]).token

    read = asyncio.run(AsyncTokenCredential(token).get_token())

    assert read.token == token
    assert read.expires_on == TokenClaims(token).expiry
