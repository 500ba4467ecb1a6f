package dev.parley.services.calling;

import dev.parley.kit.journal.Fact;
import dev.parley.kit.journal.FactBody;
import dev.parley.kit.journal.Journal;
import dev.parley.kit.sql.Tx;
import java.time.Instant;

/**
 * The facts of calls in the journal. The subject is the call's id, which is also the server call id
 * of ACS; only that of {@link #USER_DISCONNECTED} is the user. The body holds ids and numbers;
 * names are loaded at delivery by {@link CallStore#displayName}. Each fact but the last kind has
 * {@link #STARTED_BY}, {@link #STARTED_BY_ROLE}, {@link #CORRELATION}, {@link #KIND}, and {@link
 * #GROUP} or {@link #ROOM} when the call has one.
 */
public final class CallFacts {
  /** ACS: CallStarted. */
  public static final String CALL_STARTED = "calling.callStarted";

  /** ACS: CallEnded. Has {@link #BY} unless nobody did it, {@link #REASON}, {@link #LASTED_MS}. */
  public static final String CALL_ENDED = "calling.callEnded";

  /** ACS: CallParticipantAdded. Has {@link #USER}, {@link #PARTICIPANT}, {@link #ROLE}. */
  public static final String PARTICIPANT_ADDED = "calling.participantAdded";

  /** ACS: CallParticipantRemoved. As added, with {@link #REASON}. */
  public static final String PARTICIPANT_REMOVED = "calling.participantRemoved";

  /** ACS: IncomingCall. Has {@link #USER} who is called, {@link #PARTICIPANT}, {@link #BY}. */
  public static final String INCOMING_CALL = "calling.incomingCall";

  /** ACS: UserDisconnected. Has {@link #CALL}. */
  public static final String USER_DISCONNECTED = "calling.userDisconnected";

  /** The raw id of who began the call. */
  public static final String STARTED_BY = "startedBy";

  /** The role in which it was begun, a name of {@link CallRole}. */
  public static final String STARTED_BY_ROLE = "startedByRole";

  /** The same in all events of the call. */
  public static final String CORRELATION = "correlation";

  /**
   * A name of {@link CallKind}; ACS: isTwoParty is {@code ONE_TO_ONE}, isRoomsCall {@code ROOM}.
   */
  public static final String KIND = "kind";

  /** The group's id. */
  public static final String GROUP = "group";

  /** The room's id. */
  public static final String ROOM = "room";

  /** A raw id. */
  public static final String USER = "user";

  /** The id of the user's stay in the call; ACS: participantId. */
  public static final String PARTICIPANT = "participant";

  /** A name of {@link CallRole}. */
  public static final String ROLE = "role";

  /** The raw id of who did it. */
  public static final String BY = "by";

  /** A name of {@link EndReason}, which has code, subcode and phrase. */
  public static final String REASON = "reason";

  /** How long the call lasted, in milliseconds. */
  public static final String LASTED_MS = "lastedMs";

  /** The call's id. */
  public static final String CALL = "call";

  private final Journal journal;

  CallFacts(Journal journal) {
    this.journal = journal;
  }

  void append(Tx tx, CallHeader header, CallFact fact, Instant at) {
    switch (fact) {
      case CallFact.Started started -> append(tx, header, CALL_STARTED, body(header), at);
      case CallFact.Ended ended ->
          append(
              tx,
              header,
              CALL_ENDED,
              by(body(header), ended.by())
                  .with(REASON, ended.reason().name())
                  .with(LASTED_MS, ended.lasted().toMillis()),
              at);
      case CallFact.Added added ->
          append(tx, header, PARTICIPANT_ADDED, body(header, added.participant()), at);
      case CallFact.Removed removed ->
          append(
              tx,
              header,
              PARTICIPANT_REMOVED,
              body(header, removed.participant()).with(REASON, removed.reason().name()),
              at);
      case CallFact.Incoming incoming ->
          append(
              tx,
              header,
              INCOMING_CALL,
              by(body(header, incoming.participant()), incoming.by()),
              at);
      case CallFact.UserDisconnected disconnected ->
          journal.append(
              tx,
              new Fact(
                  header.resource(),
                  USER_DISCONNECTED,
                  disconnected.user(),
                  at,
                  FactBody.empty().with(CALL, header.id().toString()).json()));
    }
  }

  private void append(Tx tx, CallHeader header, String type, FactBody body, Instant at) {
    journal.append(tx, new Fact(header.resource(), type, header.id().toString(), at, body.json()));
  }

  private static FactBody body(CallHeader header, Participant participant) {
    return body(header)
        .with(USER, participant.user())
        .with(PARTICIPANT, participant.id().toString())
        .with(ROLE, participant.role().name());
  }

  private static FactBody by(FactBody body, String user) {
    return user.isEmpty() ? body : body.with(BY, user);
  }

  private static FactBody body(CallHeader header) {
    FactBody body =
        FactBody.empty()
            .with(STARTED_BY, header.starter().user())
            .with(STARTED_BY_ROLE, header.starterRole().name())
            .with(CORRELATION, header.correlation().toString())
            .with(KIND, header.kind().name());
    return header
        .locator()
        .map(locator ->
            switch (locator) {
              case CallLocator.Group group -> body.with(GROUP, group.id());
              case CallLocator.Room room -> body.with(ROOM, room.id());
            })
        .orElse(body);
  }
}
