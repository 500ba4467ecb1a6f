package dev.parley.services.chat;

import dev.parley.kit.base.Clock;
import dev.parley.kit.bus.Bus;
import dev.parley.kit.journal.FactBody;
import dev.parley.kit.journal.Journal;
import dev.parley.kit.sql.Database;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Read receipts, which last, and typing, which does not. */
public final class ReceiptService {
  /** Bus: someone types. The payload is a {@link FactBody} with the names below. */
  public static final String TYPING = "chat.typing";

  public static final String TYPING_RESOURCE = "resource";
  public static final String TYPING_THREAD = "thread";
  public static final String TYPING_NAME = "name";
  public static final String TYPING_AT = "at";

  private final Database database;
  private final ChatStore store;
  private final Threads threads;
  private final ChatFacts facts;
  private final Bus bus;
  private final Clock clock;

  public ReceiptService(Database database, ChatStore store, Journal journal, Bus bus, Clock clock) {
    this.database = database;
    this.store = store;
    this.threads = new Threads(store);
    this.facts = new ChatFacts(journal);
    this.bus = bus;
    this.clock = clock;
  }

  /** Notes that the user has read up to a message; a receipt never goes back. */
  public void send(ThreadId id, String userId, long messageId) {
    Instant now = clock.now();
    database.write(
        "chat.sendReceipt",
        tx -> {
          threads.requireMessage(tx, threads.require(tx, id, userId), messageId);
          Optional<Receipt> last = store.receipt(tx, id, userId);
          if (last.isEmpty() || last.get().messageId() < messageId) {
            Receipt receipt = new Receipt(userId, messageId, now);
            store.save(tx, id, receipt);
            facts.receipt(tx, id, receipt);
          }
          return messageId;
        });
  }

  /** The receipts of all members, in a fixed order. */
  public List<Receipt> list(ThreadId id, String userId, int skip, int limit) {
    return database.read(
        "chat.listReceipts",
        reading -> {
          threads.require(reading, id, userId);
          return store.receipts(reading, id, skip, limit);
        });
  }

  /** Tells the other members who are there now that the user types. */
  public void typing(ThreadId id, String userId, @Nullable String displayName) {
    ChatRules.requireDisplayName("senderDisplayName", displayName);
    database.read("chat.typing", reading -> threads.require(reading, id, userId));
    FactBody body =
        FactBody.empty()
            .with(TYPING_RESOURCE, id.resource().toString())
            .with(TYPING_THREAD, id.text())
            .with(ChatFacts.BY, userId)
            .with(TYPING_NAME, displayName == null ? "" : displayName)
            .with(TYPING_AT, clock.now().toEpochMilli());
    bus.publish(TYPING, body.json().getBytes(StandardCharsets.UTF_8));
  }
}
