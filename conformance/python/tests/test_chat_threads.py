"""Threads and their participants through azure-communication-chat, unmodified, sync and async.

The SDK sorts the errors of participants by user id and fails on any other kind of identifier.
"""

import pytest
from azure.communication.chat import ChatParticipant, CommunicationUserIdentifier
from azure.core.exceptions import HttpResponseError, ResourceExistsError

NOBODY = "00000000-0000-4000-8000-000000000000"


@pytest.mark.proves("chat.createChatThread", "chat.getChatThreadProperties")
def test_creates_thread(people):
    anna = people.person()

    made = anna.call("create_chat_thread", "Lunch").chat_thread

    read = anna.thread(made.id).call("get_properties")
    assert read.topic == "Lunch"
    assert read.created_by.properties["id"] == anna.id
    assert read.created_on == made.created_on


@pytest.mark.proves("chat.createChatThread")
def test_tells_invalid_participants_one_by_one(people, parley):
    anna, bert = people.person(), people.person()
    nobody = CommunicationUserIdentifier(f"8:acs:{parley.resource_id}_{NOBODY}")
    foreign = CommunicationUserIdentifier(f"8:acs:{NOBODY}_{NOBODY}")
    wanted = [ChatParticipant(identifier=one) for one in (bert.user, nobody, foreign)]

    made = anna.call("create_chat_thread", "Mixed", thread_participants=wanted)

    told = {participant.identifier.raw_id for participant, error in made.errors}
    assert told == {nobody.raw_id, foreign.raw_id}
    assert all(error.code and error.message for participant, error in made.errors)
    assert members(anna.thread(made.chat_thread.id)) == {anna.id, bert.id}


@pytest.mark.proves("chat.createChatThread")
def test_creates_once_for_one_idempotency_token(people):
    anna = people.person()
    token = "once " + anna.id[-36:]

    first = anna.call("create_chat_thread", "Once", idempotency_token=token)
    second = anna.call("create_chat_thread", "Once", idempotency_token=token)

    assert second.chat_thread.id == first.chat_thread.id
    assert anna.thread_ids() == [[first.chat_thread.id]]
    with pytest.raises(ResourceExistsError) as refusal:
        anna.call("create_chat_thread", "Twice", idempotency_token=token)
    assert refusal.value.error.code == "RepeatabilityConflict"


@pytest.mark.proves("chat.updateChatThreadProperties")
def test_any_member_changes_the_topic(people):
    anna, bert = people.person(), people.person()
    thread = anna.thread_with(bert)

    bert.thread(thread.id).call("update_topic", "Dinner")

    assert thread.call("get_properties").topic == "Dinner"


@pytest.mark.proves("chat.listChatThreads")
def test_lists_threads_over_pages_newest_first(people):
    anna = people.person()
    made = []
    for _ in range(5):
        thread = anna.thread_with()
        thread.say("hello")
        made.insert(0, thread.id)

    assert anna.thread_ids(results_per_page=2) == [made[:2], made[2:4], made[4:]]


@pytest.mark.proves("chat.deleteChatThread")
def test_deleted_thread_is_gone_for_all(people):
    anna, bert = people.person(), people.person()
    thread = anna.thread_with(bert)

    anna.call("delete_chat_thread", thread.id)

    assert bert.thread_ids() == [[]]
    with pytest.raises(HttpResponseError) as refusal:
        thread.call("get_properties")
    assert refusal.value.status_code == 404


@pytest.mark.proves("chat.addChatParticipants")
def test_adds_participants(people, parley):
    anna, bert = people.person(), people.person()
    thread = anna.thread_with()
    nobody = CommunicationUserIdentifier(f"8:acs:{parley.resource_id}_{NOBODY}")
    unknown = ChatParticipant(identifier=nobody)

    invalid = thread.call(
        "add_participants", [ChatParticipant(identifier=bert.user, display_name="Bert"), unknown]
    )

    assert [participant for participant, error in invalid] == [unknown]
    names = {
        one.identifier.properties["id"]: one.display_name for one in thread.all("list_participants")
    }
    assert names == {anna.id: None, bert.id: "Bert"}


@pytest.mark.proves("chat.listChatParticipants")
def test_lists_participants_over_pages(people):
    anna, *others = [people.person() for _ in range(7)]
    thread = anna.thread_with(*others)

    pages = thread.pages("list_participants", results_per_page=3)

    assert [len(page) for page in pages] == [3, 3, 1]
    assert members(thread) == {anna.id, *(other.id for other in others)}
    assert len(thread.all("list_participants", skip=5)) == 2


@pytest.mark.proves("chat.addChatParticipants")
def test_shares_history_from_the_given_time(people):
    anna, bert, carl = people.person(), people.person(), people.person()
    thread = anna.thread_with()
    thread.say("hidden")
    created_on = thread.call("get_message", thread.say("shared")).created_on

    thread.call(
        "add_participants",
        [
            ChatParticipant(identifier=bert.user, share_history_time=created_on),
            ChatParticipant(identifier=carl.user),
        ],
    )
    thread.say("after")

    assert bert.thread(thread.id).texts() == ["after", "shared"]
    assert carl.thread(thread.id).texts() == ["after"]


@pytest.mark.proves("chat.removeChatParticipant")
def test_removed_member_reads_nothing(people):
    anna, bert = people.person(), people.person()
    thread = anna.thread_with(bert)
    message = thread.say("secret")

    thread.call("remove_participant", bert.user)

    his = bert.thread(thread.id)
    for call in (
        lambda: his.call("get_message", message),
        lambda: his.all("list_messages"),
        lambda: his.call("get_properties"),
    ):
        with pytest.raises(HttpResponseError) as refusal:
            call()
        assert refusal.value.status_code == 403
    assert bert.thread_ids() == [[]]


def members(thread):
    return {one.identifier.properties["id"] for one in thread.all("list_participants")}
