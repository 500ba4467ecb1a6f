"""What azure-communication-chat raises when Parley says no, sync and async."""

import pytest
from azure.communication.chat import ChatParticipant
from azure.core.exceptions import ClientAuthenticationError, HttpResponseError


def test_non_member_is_refused_everywhere(people):
    stranger = people.person()
    thread = people.person().thread_with()
    message = thread.say("private")
    foreign = stranger.thread(thread.id)

    forbidden(lambda: foreign.call("get_properties"))
    forbidden(lambda: foreign.call("update_topic", "Mine"))
    forbidden(lambda: stranger.call("delete_chat_thread", thread.id))
    forbidden(lambda: foreign.say("hello"))
    forbidden(lambda: foreign.call("get_message", message))
    forbidden(lambda: foreign.call("update_message", message, "hello"))
    forbidden(lambda: foreign.call("delete_message", message))
    forbidden(lambda: foreign.all("list_messages"))
    forbidden(lambda: foreign.all("list_participants"))
    forbidden(lambda: foreign.call("add_participants", [ChatParticipant(identifier=stranger.user)]))
    forbidden(lambda: foreign.call("remove_participant", stranger.user))
    forbidden(lambda: foreign.call("send_read_receipt", message))
    forbidden(lambda: foreign.all("list_read_receipts"))
    forbidden(lambda: foreign.call("send_typing_notification"))


def test_only_the_sender_edits_and_deletes(people):
    anna, bert = people.person(), people.person()
    thread = anna.thread_with(bert)
    message = thread.say("mine")
    his = bert.thread(thread.id)

    forbidden(lambda: his.call("update_message", message, "yours"))
    forbidden(lambda: his.call("delete_message", message))


def test_guests_talk_but_do_not_rule(people):
    guest, limited = people.person("chat.join"), people.person("chat.join.limited")
    other = people.person()
    thread = people.person().thread_with(guest, limited)

    guest.thread(thread.id).say("I talk")
    limited.thread(thread.id).say("I talk too")
    guest.thread(thread.id).call("add_participants", [ChatParticipant(identifier=other.user)])

    forbidden(lambda: limited.thread(thread.id).call("remove_participant", other.user))
    for one in (guest, limited):
        forbidden(lambda: one.call("create_chat_thread", "Mine"))
        forbidden(lambda: one.thread(thread.id).call("update_topic", "Mine"))
        forbidden(lambda: one.call("delete_chat_thread", thread.id))
    caller = people.person("voip")
    forbidden(caller.thread_ids)


def test_revoked_token_is_refused_at_once(people):
    anna = people.person()
    thread = anna.thread_with()

    people.identity.revoke_tokens(anna.user)

    with pytest.raises(ClientAuthenticationError) as refusal:
        thread.say("too late")
    assert refusal.value.status_code == 401
    assert people.again(anna.user).thread(thread.id).say("with a new token")


def forbidden(call):
    with pytest.raises(HttpResponseError) as refusal:
        call()
    assert refusal.value.status_code == 403
    assert refusal.value.error.code == "Forbidden"
    assert refusal.value.error.message
