"""Rooms through azure-communication-rooms, unmodified, sync and async.

Both clients sign the decoded path and query, and write null for what an application leaves open.
Their rooms hold times as the text that came. Following a next link, they write the name of their
enum's constant (``ApiVersion.V2025_03_13``) where the api-version should be.
"""

from datetime import datetime, timedelta, timezone

import pytest
from azure.communication.rooms import CommunicationUserIdentifier, ParticipantRole, RoomParticipant
from azure.core.credentials import AzureKeyCredential
from azure.core.exceptions import HttpResponseError, ResourceNotFoundError

import rooms_driver

NOBODY = "00000000-0000-4000-8000-000000000000"
UNKNOWN_ROOM = "99000000000000000"


def later(days):
    """A time from now; the server keeps milliseconds."""
    time = datetime.now(timezone.utc) + timedelta(days=days)
    return time.replace(microsecond=time.microsecond // 1000 * 1000)


def at(text):
    return datetime.fromisoformat(text.replace("Z", "+00:00"))


def window(room):
    return at(room.valid_from), at(room.valid_until)


def invited(user, role=ParticipantRole.ATTENDEE):
    return RoomParticipant(communication_identifier=user, role=role)


def refused(status, code, call):
    with pytest.raises(HttpResponseError) as refusal:
        call()
    assert refusal.value.status_code == status
    assert refusal.value.response.headers["x-ms-error-code"] == code


@pytest.mark.proves("rooms.create", "rooms.get")
def test_creates_room(rooms):
    anna, bert, carl = rooms.user(), rooms.user(), rooms.user()
    valid_from, valid_until = later(1), later(2)

    made = rooms.call(
        "create_room",
        valid_from=valid_from,
        valid_until=valid_until,
        pstn_dial_out_enabled=True,
        participants=[
            invited(anna, ParticipantRole.PRESENTER),
            invited(bert, ParticipantRole.COLLABORATOR),
            invited(carl),
        ],
    )

    assert len(made.id) == 17 and made.id.isdigit()
    assert window(made) == (valid_from, valid_until)
    assert made.pstn_dial_out_enabled is True
    read = rooms.call("get_room", made.id)
    assert vars(read) == vars(made)
    assert rooms.roles(made.id) == {
        anna.raw_id: "Presenter",
        bert.raw_id: "Collaborator",
        carl.raw_id: "Attendee",
    }


@pytest.mark.proves("rooms.create")
def test_room_is_open_from_now_for_180_days(rooms):
    made = rooms.call("create_room")

    valid_from, valid_until = window(made)
    assert valid_until - valid_from == timedelta(days=180)
    assert made.created_at == made.valid_from
    assert made.pstn_dial_out_enabled is False


@pytest.mark.proves("rooms.update")
def test_changes_what_it_is_told_and_keeps_the_rest(rooms):
    made = rooms.call("create_room")
    valid_until = later(3)

    rooms.call("update_room", room_id=made.id, pstn_dial_out_enabled=True)
    changed = rooms.call("update_room", room_id=made.id, valid_until=valid_until)

    assert window(changed) == (at(made.valid_from), valid_until)
    assert changed.pstn_dial_out_enabled is True
    assert vars(rooms.call("get_room", made.id)) == vars(changed)


@pytest.mark.proves("rooms.delete")
def test_deleted_room_is_gone_and_may_be_deleted_again(rooms):
    made = rooms.call("create_room")

    rooms.call("delete_room", made.id)
    rooms.call("delete_room", made.id)

    with pytest.raises(ResourceNotFoundError):
        rooms.call("get_room", made.id)


@pytest.mark.proves("rooms.list")
def test_lists_rooms_over_pages_newest_first(rooms):
    made = {rooms.call("create_room").id for _ in range(101)}

    pages = rooms.pages("list_rooms")

    assert len(pages) > 1
    listed = [room for page in pages for room in page]
    ids = {room.id for room in listed}
    assert len(ids) == len(listed) and made <= ids
    times = [at(room.created_at) for room in listed]
    assert times == sorted(times, reverse=True)
    for room in made:
        rooms.call("delete_room", room)


@pytest.mark.proves("rooms.participants.update", "rooms.participants.list")
def test_participants_are_invited_changed_and_removed(rooms):
    anna, bert = rooms.user(), rooms.user()
    room = rooms.call("create_room", participants=[invited(anna, ParticipantRole.PRESENTER)]).id

    rooms.call(
        "add_or_update_participants",
        room_id=room,
        participants=[invited(anna, ParticipantRole.CONSUMER), invited(bert)],
    )
    assert rooms.roles(room) == {anna.raw_id: "Consumer", bert.raw_id: "Attendee"}

    rooms.call("remove_participants", room_id=room, participants=[anna, rooms.user()])
    assert rooms.roles(room) == {bert.raw_id: "Attendee"}


@pytest.mark.proves("rooms.participants.list")
def test_lists_participants_over_pages(rooms):
    users = [rooms.user() for _ in range(101)]
    room = rooms.call("create_room", participants=[invited(user) for user in users]).id

    pages = rooms.pages("list_participants", room)

    assert [len(page) for page in pages] == [100, 1]
    assert set(rooms.roles(room)) == {user.raw_id for user in users}


def test_windows_that_cannot_be_are_refused(rooms):
    room = rooms.call("create_room").id
    for times in (
        {"valid_until": later(-1)},
        {"valid_until": later(203)},
        {"valid_from": later(203)},
        {"valid_from": later(2), "valid_until": later(1)},
    ):
        refused(400, "BadRequest", lambda: rooms.call("create_room", **times))
        refused(400, "BadRequest", lambda: rooms.call("update_room", room_id=room, **times))


def test_participants_who_cannot_be_are_refused(rooms, parley):
    room = rooms.call("create_room").id
    for raw in ("wrong_mri", f"8:acs:{parley.resource_id}_{NOBODY}", f"8:acs:{NOBODY}_{NOBODY}"):
        both = [invited(rooms.user()), invited(CommunicationUserIdentifier(raw))]
        refused(400, "BadRequest", lambda: rooms.call("create_room", participants=both))
        refused(
            400,
            "BadRequest",
            lambda: rooms.call("add_or_update_participants", room_id=room, participants=both),
        )
    refused(
        400,
        "BadRequest",
        lambda: rooms.call(
            "add_or_update_participants",
            room_id=room,
            participants=[invited(rooms.user(), "Kafka")],
        ),
    )
    assert rooms.roles(room) == {}


def test_rooms_that_are_not_there_are_refused(rooms):
    refused(404, "NotFound", lambda: rooms.call("update_room", room_id=UNKNOWN_ROOM))
    refused(404, "NotFound", lambda: rooms.pages("list_participants", UNKNOWN_ROOM))
    refused(400, "BadRequest", lambda: rooms.call("get_room", "invalid_id"))
    refused(400, "BadRequest", lambda: rooms.call("delete_room", "123"))


@pytest.mark.parametrize("kind", sorted(rooms_driver.DRIVERS))
def test_wrong_key_is_refused(kind, parley, seen):
    key = AzureKeyCredential("d3Jvbmcga2V5")
    endpoint = parley.endpoint.rstrip("/")
    stranger = rooms_driver.DRIVERS[kind](lambda client: client(endpoint, key, **seen.options))
    try:
        refused(401, "Denied", lambda: stranger.call("get_room", UNKNOWN_ROOM))
    finally:
        stranger.close()
