package dev.parley.services.calling;

import dev.parley.kit.base.ResourceId;
import dev.parley.kit.journal.Entry;
import dev.parley.kit.journal.Fact;
import dev.parley.kit.journal.FactBody;
import dev.parley.services.calling.sql.SqlCallStore;
import dev.parley.services.identity.UserId;
import dev.parley.services.stores.TestStore;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Calls on a real store, with clients, media and rooms of the test. */
final class CallWorld implements AutoCloseable {
  static final ResourceId RESOURCE = new ResourceId(new UUID(1, 1));

  final TestStore test;
  final SqlCallStore store = new SqlCallStore();
  final FakeClients clients = new FakeClients();
  final FakeRooms rooms = new FakeRooms();
  FakeMedia media = new FakeMedia();
  CallService calls;

  CallWorld(TestStore test) {
    this.test = test;
    this.calls = start();
  }

  private CallService start() {
    CallService service =
        new CallService(
            test.database, store, test.journal, test.clock, test.ids, rooms, new DirectTurns());
    service.open(clients, media);
    return service;
  }

  /** As after a kill: only the store and the journal are left. */
  void restart() {
    calls.close();
    clients.allGone();
    media = new FakeMedia();
    calls = start();
  }

  /** A client of the user with this number; it rings. */
  CallClient client(int user) {
    CallClient client =
        new CallClient(new ClientId(test.ids.uuid()), RESOURCE, user(user), "name " + user, true);
    clients.rings(client);
    return client;
  }

  static String user(int number) {
    return new UserId(RESOURCE, new UUID(0x4000, number)).toString();
  }

  Optional<CallState.Live> state(CallId call) {
    return calls.registry().of(call).flatMap(CallDriver::live);
  }

  /** Types of the facts about the call, in order. */
  List<String> facts(CallId call) {
    return test.journal.after(0, 10_000).stream()
        .map(Entry::fact)
        .filter(fact -> fact.subject().equals(call.toString()))
        .map(fact -> fact.type().substring("calling.".length()))
        .toList();
  }

  /** The body of the last fact of this type. */
  FactBody lastFact(String type) {
    return test.journal.after(0, 10_000).stream()
        .map(Entry::fact)
        .filter(fact -> fact.type().equals(type))
        .map(Fact::body)
        .map(FactBody::parse)
        .reduce((earlier, later) -> later)
        .orElseThrow();
  }

  @Override
  public void close() {
    calls.close();
    test.close();
  }
}
