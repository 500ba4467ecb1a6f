package dev.parley.services.calling;

import dev.parley.kit.base.ResourceId;
import java.util.HashMap;
import java.util.Map;

/** Rooms whose answers a test sets; who was not named is not invited. */
final class FakeRooms implements CallRooms {
  final Map<String, Entry> entries = new HashMap<>();

  @Override
  public Entry entry(ResourceId resource, String room, String user) {
    return entries.getOrDefault(user, new Entry.Closed(EndReason.NOT_INVITED));
  }
}
