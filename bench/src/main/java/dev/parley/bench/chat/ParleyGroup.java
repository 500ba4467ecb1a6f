package dev.parley.bench.chat;

import dev.parley.bench.Client;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** A thread on Parley: members hear through the push socket and answer each message. */
final class ParleyGroup implements Group {
  private final Parley parley;
  private final @Nullable Postgres postgres;
  private final List<Parley.User> users;
  private final String path;
  private final List<Client> clients = new ArrayList<>();
  private final LongAdder heard = new LongAdder();
  private final Crowd crowd;

  /**
   * @param postgres that keeps everything, or null for the embedded store
   */
  ParleyGroup(Path data, Path log, @Nullable Postgres postgres, int members) {
    this.postgres = postgres;
    List<String> options = new ArrayList<>();
    if (postgres != null) {
      postgres.create("parley", "");
      options.add("--database");
      options.add("jdbc:postgresql://127.0.0.1:" + postgres.port() + "/parley");
      options.add("--set");
      options.add("database.user=" + postgres.account());
    }
    this.parley = Parley.start(data, log, options);
    try {
      this.users = parley.users(members);
      this.path = "/chat/threads/" + parley.thread(users) + "/messages" + Parley.VERSION;
      this.crowd = Crowd.open(parley, Crowd.seats(users), 4, () -> this::hear);
      users.forEach(user -> clients.add(new Client(parley.endpoint())));
    } catch (IllegalStateException | UncheckedIOException failed) {
      parley.close();
      throw failed;
    }
  }

  private void hear(String text) {
    if (text.contains(SideBySide.MARK)) {
      heard.increment();
    }
  }

  @Override
  public String perMessage() {
    return "checks token and membership, writes message, counters and journal fact in one"
        + " transaction that is synced to disk before the answer (transactions that wait together"
        + " share a sync), then frames it for each member's socket and takes each client's answer"
        + " and ping.";
  }

  @Override
  public void send(int member, String text) {
    clients
        .get(member)
        .bearer(
            "POST",
            path,
            users.get(member).token(),
            "{\"content\":\"" + text + "\",\"type\":\"text\"}");
  }

  @Override
  public long heard() {
    return heard.sum();
  }

  @Override
  public double cpuSeconds() {
    return parley.tree().cpuSeconds() + (postgres == null ? 0 : postgres.cpuSeconds());
  }

  @Override
  public void close() {
    crowd.close();
    clients.forEach(Client::close);
    parley.close();
  }
}
