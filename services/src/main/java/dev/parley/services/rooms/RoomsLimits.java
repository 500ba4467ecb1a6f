package dev.parley.services.rooms;

import java.time.Duration;

/** Numbers of rooms. */
public final class RoomsLimits {
  /** Longest window of a room; as in ACS, whose SDK tests expect more to be refused. */
  public static final Duration VALIDITY_MAX = Duration.ofDays(180);

  /** Participants of a room, and changes in one request; ACS has 350. */
  public static final int PARTICIPANTS_MAX = 10_000;

  /** Rooms in a page; callers cannot choose [guess, compat §3: rooms have no paging parameter]. */
  public static final int ROOMS_PAGE = 100;

  /** Participants in a page; callers cannot choose [guess]. */
  public static final int PARTICIPANTS_PAGE = 100;

  /** Rooms touched in one transaction when a user or a resource is erased. */
  static final int ERASED_PER_TRANSACTION = 20;

  /** Free ids looked for before giving up: among 10^15, one is free at once. */
  static final int ID_ATTEMPTS = 5;

  private RoomsLimits() {}
}
