package dev.parley.services.calling;

/** How a call is found by those who join it. */
public sealed interface CallLocator {
  /**
   * Whoever knows the group's id joins the one call of that id in the resource.
   *
   * @param id a UUID that the application made, lower case
   */
  record Group(String id) implements CallLocator {}

  /**
   * The call of a room; only those on the room's list join, while it is valid.
   *
   * @param id the room's id
   */
  record Room(String id) implements CallLocator {}
}
