package dev.parley.services.calling.sql;

import dev.parley.services.calling.CallLocator;

/** Locators as text, the sort before the id. */
final class Locators {
  private static final String GROUP = "group:";
  private static final String ROOM = "room:";

  private Locators() {}

  static String text(CallLocator locator) {
    return switch (locator) {
      case CallLocator.Group group -> GROUP + group.id();
      case CallLocator.Room room -> ROOM + room.id();
    };
  }

  static CallLocator parse(String text) {
    return text.startsWith(GROUP)
        ? new CallLocator.Group(text.substring(GROUP.length()))
        : new CallLocator.Room(text.substring(ROOM.length()));
  }
}
