package dev.parley.server.modules;

import dev.parley.kit.http.OperationTable;
import dev.parley.kit.journal.JournalReader;
import dev.parley.server.Foundation;
import dev.parley.services.chat.Audience;
import dev.parley.services.chat.ChatErasure;
import dev.parley.services.chat.ChatStore;
import dev.parley.services.chat.MessageService;
import dev.parley.services.chat.ParticipantService;
import dev.parley.services.chat.Participants;
import dev.parley.services.chat.ReceiptService;
import dev.parley.services.chat.ThreadService;
import dev.parley.services.chat.sql.SqlChatStore;
import dev.parley.services.chat.wire.ChatPush;
import dev.parley.services.chat.wire.ChatRoutes;
import dev.parley.services.identity.IdentityService;
import dev.parley.services.resources.ResourceService;
import java.util.Map;

/** Chat. */
public final class ChatModule implements AutoCloseable {
  private final ThreadService threads;
  private final ChatErasure erasure;
  private final OperationTable routes;
  private final ChatPush push;
  private final JournalReader reader;

  public ChatModule(Foundation foundation, IdentityService identity) {
    ChatStore store = new SqlChatStore();
    Participants participants = new Participants(identity::known);
    var database = foundation.database();
    var journal = foundation.journal();
    var clock = foundation.clock();
    this.threads =
        new ThreadService(database, store, journal, clock, foundation.ids(), participants);
    this.push = new ChatPush(database, store, new Audience(database, store));
    this.erasure = new ChatErasure(database, store, clock);
    this.routes =
        new ChatRoutes(
            threads,
            new ParticipantService(database, store, journal, clock, participants),
            new MessageService(database, store, journal, clock),
            new ReceiptService(database, store, journal, foundation.bus(), clock));
    this.reader =
        foundation.reader(
            "chat",
            Map.of(
                IdentityService.USER_DELETED,
                fact -> erasure.userDeleted(fact.resource(), fact.subject()),
                ResourceService.DELETED,
                fact -> erasure.resourceDeleted(fact.resource())));
  }

  public OperationTable routes() {
    return routes;
  }

  /** What push tells of chat's facts and signals. */
  public ChatPush push() {
    return push;
  }

  /** Deletes threads whose retention ended; the housekeeping calls it. */
  public void deleteEnded() {
    threads.deleteEnded();
  }

  @Override
  public void close() {
    reader.close();
  }
}
