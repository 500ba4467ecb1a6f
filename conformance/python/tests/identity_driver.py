"""One way to write a test for both of Microsoft's Python clients: the sync and the async one.

Both have the same methods. A driver runs a call on either and returns its plain result; the async
client lives on one event loop for the length of a test.
"""

import asyncio

from azure.communication.identity import CommunicationIdentityClient
from azure.communication.identity.aio import CommunicationIdentityClient as AsyncIdentityClient


class SyncDriver:
    """Calls the sync client, which speaks through requests."""

    def __init__(self, make):
        self._client = make(CommunicationIdentityClient)

    def call(self, method, *arguments, **options):
        return getattr(self._client, method)(*arguments, **options)

    def close(self):
        pass


class AsyncDriver:
    """Calls the async client, which speaks through aiohttp."""

    def __init__(self, make):
        self._loop = asyncio.new_event_loop()
        self._client = self._loop.run_until_complete(self._made(make))

    async def _made(self, make):
        return make(AsyncIdentityClient)

    def call(self, method, *arguments, **options):
        return self._loop.run_until_complete(getattr(self._client, method)(*arguments, **options))

    def close(self):
        self._loop.run_until_complete(self._client.close())
        self._loop.close()


DRIVERS = {"sync": SyncDriver, "async": AsyncDriver}
