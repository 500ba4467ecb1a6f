"""One way to write a test for both of Microsoft's Python chat clients: the sync and the async one.

A person calls either; lists come back as plain lists of pages. The async clients of a test live on
one event loop.
"""

import asyncio

from azure.communication.chat import ChatClient, ChatParticipant, CommunicationTokenCredential
from azure.communication.chat.aio import ChatClient as AsyncChatClient
from azure.communication.chat.aio import CommunicationTokenCredential as AsyncCredential


class Sync:
    """Runs calls of the sync clients, which speak through requests."""

    def client(self, endpoint, token, options):
        return ChatClient(endpoint, CommunicationTokenCredential(token), **options)

    def run(self, call):
        return call

    def pages(self, listing):
        return [list(page) for page in listing.by_page()]

    def close(self, clients):
        for client in clients:
            client.close()


class Async:
    """Runs calls of the async clients, which speak through aiohttp."""

    def __init__(self):
        self._loop = asyncio.new_event_loop()

    def client(self, endpoint, token, options):
        async def made():
            return AsyncChatClient(endpoint, AsyncCredential(token), **options)

        return self._loop.run_until_complete(made())

    def run(self, call):
        return self._loop.run_until_complete(call)

    def pages(self, listing):
        async def read():
            return [[item async for item in page] async for page in listing.by_page()]

        return self._loop.run_until_complete(read())

    def close(self, clients):
        for client in clients:
            self._loop.run_until_complete(client.close())
        self._loop.close()


class Person:
    """A user with a chat client on a token of their own."""

    def __init__(self, driver, options, user, client):
        self._driver = driver
        self._options = options
        self.user = user
        self.chat = client

    @property
    def id(self):
        return self.user.properties["id"]

    def call(self, method, *arguments, **keywords):
        return self._driver.run(getattr(self.chat, method)(*arguments, **keywords))

    def thread_ids(self, **keywords):
        pages = self._driver.pages(self.chat.list_chat_threads(**keywords))
        return [[item.id for item in page] for page in pages]

    def thread_with(self, *others):
        people = [ChatParticipant(identifier=other.user) for other in others]
        made = self.call("create_chat_thread", "A topic", thread_participants=people)
        return self.thread(made.chat_thread.id)

    def thread(self, thread_id):
        return Thread(self._driver, self.chat.get_chat_thread_client(thread_id, **self._options))


class Thread:
    """One person's view of a thread."""

    def __init__(self, driver, client):
        self._driver = driver
        self._client = client

    @property
    def id(self):
        return self._client.thread_id

    def call(self, method, *arguments, **keywords):
        return self._driver.run(getattr(self._client, method)(*arguments, **keywords))

    def pages(self, method, **keywords):
        return self._driver.pages(getattr(self._client, method)(**keywords))

    def all(self, method, **keywords):
        return [item for page in self.pages(method, **keywords) for item in page]

    def say(self, text):
        return self.call("send_message", text).id

    def texts(self):
        return [one.content.message for one in self.all("list_messages") if one.type == "text"]


class People:
    """Makes persons, as an application's service does."""

    def __init__(self, driver, parley, seen, identity):
        self._driver = driver
        self._parley = parley
        self._options = seen.options
        self._clients = []
        self.identity = identity

    def person(self, scope="chat"):
        return self.again(self.identity.create_user(), scope)

    def again(self, user, scope="chat"):
        """The same user on a new token."""
        token = self.identity.get_token(user, [scope]).token
        client = self._driver.client(self._parley.endpoint, token, self._options)
        self._clients.append(client)
        return Person(self._driver, self._options, user, client)

    def close(self):
        self._driver.close(self._clients)


DRIVERS = {"sync": Sync, "async": Async}
