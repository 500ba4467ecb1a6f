"""Messages, receipts and typing through azure-communication-chat, unmodified, sync and async."""

import pytest
from azure.communication.chat import ChatMessageType


@pytest.mark.proves("chat.sendChatMessage", "chat.getChatMessage")
def test_sent_message_is_read_by_others(people):
    anna, bert = people.person(), people.person()
    thread = anna.thread_with(bert)

    sent = thread.call(
        "send_message",
        "<b>Hello</b> ✓",
        chat_message_type=ChatMessageType.HTML,
        sender_display_name="Anna",
        metadata={"hint": "loud"},
    )

    read = bert.thread(thread.id).call("get_message", sent.id)
    assert read.content.message == "<b>Hello</b> ✓"
    assert read.type == ChatMessageType.HTML
    assert read.sender.properties["id"] == anna.id
    assert read.sender_display_name == "Anna"
    assert read.metadata == {"hint": "loud"}


@pytest.mark.proves("chat.listChatMessages")
def test_lists_over_pages_newest_first(people):
    thread = people.person().thread_with()
    sent = [thread.say(f"message {count}") for count in range(7)]

    pages = thread.pages("list_messages", results_per_page=3)

    assert [len(page) for page in pages] == [3, 3, 3]
    messages = [message for page in pages for message in page]
    assert [message.id for message in messages[:7]] == sent[::-1]
    assert [int(message.sequence_id) for message in messages] == list(range(9, 0, -1))


@pytest.mark.proves("chat.listChatMessages")
def test_start_time_hides_what_is_older(people):
    thread = people.person().thread_with()
    thread.say("old")
    created_on = thread.call("get_message", thread.say("new")).created_on

    messages = thread.all("list_messages", start_time=created_on)

    assert [message.content.message for message in messages] == ["new"]


@pytest.mark.proves("chat.listChatMessages")
def test_lists_system_messages(people):
    anna, bert = people.person(), people.person()
    thread = anna.thread_with(bert)
    thread.call("update_topic", "Dinner")
    thread.call("remove_participant", bert.user)

    messages = thread.all("list_messages")[::-1]

    assert [message.type for message in messages] == [
        ChatMessageType.TOPIC_UPDATED,
        ChatMessageType.PARTICIPANT_ADDED,
        ChatMessageType.TOPIC_UPDATED,
        ChatMessageType.PARTICIPANT_REMOVED,
    ]
    assert len(messages[1].content.participants) == 2
    assert messages[2].content.topic == "Dinner"
    assert messages[3].content.participants[0].identifier.properties["id"] == bert.id
    assert messages[3].content.initiator.properties["id"] == anna.id


@pytest.mark.proves("chat.updateChatMessage")
def test_edits_content_and_metadata(people):
    thread = people.person().thread_with()
    message = thread.call("send_message", "one", metadata={"a": "1", "b": "2"}).id
    version = thread.call("get_message", message).version

    thread.call("update_message", message, "two", metadata={"b": "zwei"})

    edited = thread.call("get_message", message)
    assert edited.content.message == "two"
    assert edited.metadata == {"a": "1", "b": "zwei"}
    assert edited.edited_on
    assert int(edited.version) > int(version)


@pytest.mark.proves("chat.deleteChatMessage")
def test_deleted_message_stays_without_content(people):
    thread = people.person().thread_with()
    message = thread.say("a mistake")

    thread.call("delete_message", message)

    deleted = thread.all("list_messages")[0]
    assert deleted.id == message
    assert deleted.deleted_on
    assert deleted.content is None or deleted.content.message is None


@pytest.mark.proves("chat.sendChatReadReceipt", "chat.listChatReadReceipts")
def test_receipts_of_many_members_are_all_there(people):
    anna, *readers = [people.person() for _ in range(24)]
    thread = anna.thread_with(*readers)
    older, newer = thread.say("older"), thread.say("newer")

    for reader in readers:
        reader.thread(thread.id).call("send_read_receipt", newer)
    readers[0].thread(thread.id).call("send_read_receipt", older)

    pages = thread.pages("list_read_receipts", results_per_page=10)
    assert [len(page) for page in pages] == [10, 10, 3]
    receipts = [receipt for page in pages for receipt in page]
    assert {receipt.chat_message_id for receipt in receipts} == {newer}
    assert {receipt.sender.properties["id"] for receipt in receipts} == {one.id for one in readers}


@pytest.mark.proves("chat.sendTypingNotification")
def test_typing_is_taken(people):
    thread = people.person().thread_with()

    thread.call("send_typing_notification", sender_display_name="Anna")
