package dev.parley.services.connections;

/** Something that a user holds open, as long as its token is to be believed. */
public interface Connection {
  /** Who holds it; does not change while it stands in {@link Connections}. */
  Bearer bearer();

  /**
   * The token is not to be believed any more: ends it at once, without blocking. May be called more
   * than once, and from any thread.
   */
  void unauthorized();
}
