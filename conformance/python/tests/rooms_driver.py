"""One way to write a test for both of Microsoft's Python rooms clients: the sync and the async one.

Lists come back as plain lists of pages. The async client lives on one event loop. The drivers take
other clients of the same make, too.
"""

import asyncio

from azure.communication.rooms import RoomsClient
from azure.communication.rooms.aio import RoomsClient as AsyncRoomsClient


class Sync:
    """Calls the sync client, which speaks through requests."""

    def __init__(self, make, client=RoomsClient):
        self._client = make(client)

    def call(self, method, *arguments, **keywords):
        return getattr(self._client, method)(*arguments, **keywords)

    def pages(self, method, *arguments):
        return [list(page) for page in getattr(self._client, method)(*arguments).by_page()]

    def close(self):
        if hasattr(self._client, "close"):
            self._client.close()


class Async:
    """Calls the async client, which speaks through aiohttp."""

    def __init__(self, make, client=AsyncRoomsClient):
        self._loop = asyncio.new_event_loop()
        self._client = self._loop.run_until_complete(self._made(make, client))

    async def _made(self, make, client):
        return make(client)

    def call(self, method, *arguments, **keywords):
        return self._loop.run_until_complete(getattr(self._client, method)(*arguments, **keywords))

    def pages(self, method, *arguments):
        async def read():
            listing = getattr(self._client, method)(*arguments)
            return [[item async for item in page] async for page in listing.by_page()]

        return self._loop.run_until_complete(read())

    def close(self):
        self._loop.run_until_complete(self._client.close())
        self._loop.close()


class Rooms:
    """A rooms client, and the users of an application; the identity client is always the sync one."""

    def __init__(self, driver, identity):
        self.call = driver.call
        self.pages = driver.pages
        self.user = identity.create_user
        self.identity = identity

    def roles(self, room_id):
        """Who is invited, with which role."""
        return {
            one.communication_identifier.raw_id: one.role
            for page in self.pages("list_participants", room_id)
            for one in page
        }


DRIVERS = {"sync": Sync, "async": Async}
