package dev.parley.bench.chat;

import dev.parley.bench.Client;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** A room on Synapse on PostgreSQL, members on long polls of {@code /sync}. */
final class SynapseGroup implements Group {
  private static final String API = "/_matrix/client/v3/";
  private static final String FILTER =
      URLEncoder.encode(
          "{\"presence\":{\"types\":[]},\"account_data\":{\"types\":[]},\"room\":{\"account_data\":"
              + "{\"types\":[]},\"ephemeral\":{\"types\":[]},\"timeline\":{\"limit\":200},"
              + "\"state\":{\"lazy_load_members\":true}}}",
          StandardCharsets.UTF_8);

  private final Postgres postgres;
  private final Command server;
  private final String endpoint;
  private final List<String> tokens = new ArrayList<>();
  private final List<Client> clients = new ArrayList<>();
  private final LongAdder heard = new LongAdder();
  private final String room;
  private volatile boolean closed;
  private long transactions;

  /**
   * @param python of the environment that holds the package matrix-synapse
   * @param certificate key and chain in one PEM file
   */
  SynapseGroup(Path folder, Path python, Path certificate, Postgres postgres, int members) {
    this.postgres = postgres;
    int port = Command.freePort();
    this.endpoint = "https://localhost:" + port + "/";
    postgres.create("synapse", "");
    Path configuration = folder.resolve("homeserver.yaml");
    try {
      Files.createDirectories(folder);
      Files.writeString(configuration, configuration(folder, port, certificate));
      Files.writeString(folder.resolve("log.yaml"), "version: 1\nroot:\n  level: ERROR\n");
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    List<String> command =
        List.of(python.toString(), "-m", "synapse.app.homeserver", "-c", configuration.toString());
    List<String> keys = new ArrayList<>(command);
    keys.add("--generate-keys");
    Command.run(folder, keys.toArray(String[]::new));
    this.server = Command.serve(command, Map.of(), folder, port);
    try {
      this.room = join(register(members));
      tokens.forEach(this::listen);
    } catch (IllegalStateException | UncheckedIOException failed) {
      server.close();
      throw failed;
    }
  }

  /** Makes users with a client each; gives their ids as JSON strings. */
  private List<String> register(int members) {
    List<String> users = new ArrayList<>();
    for (int at = 0; at < members; at++) {
      Client client = new Client(endpoint);
      String made =
          client.open(
              "POST",
              API + "register",
              "{\"username\":\"member"
                  + at
                  + "\",\"password\":\"secret-secret\",\"auth\":{\"type\":\"m.login.dummy\"}}");
      tokens.add(Parley.field(made, "access_token"));
      users.add("\"" + Parley.field(made, "user_id") + "\"");
      clients.add(client);
    }
    return users;
  }

  private String configuration(Path folder, int port, Path certificate) {
    return """
    server_name: localhost
    report_stats: false
    pid_file: "%1$s/synapse.pid"
    signing_key_path: "%1$s/signing.key"
    media_store_path: "%1$s/media"
    log_config: "%1$s/log.yaml"
    tls_certificate_path: "%2$s"
    tls_private_key_path: "%2$s"
    trusted_key_servers: []
    macaroon_secret_key: bench
    enable_registration: true
    enable_registration_without_verification: true
    bcrypt_rounds: 4
    presence: {enabled: false}
    listeners:
      - port: %3$d
        type: http
        tls: true
        bind_addresses: ["127.0.0.1"]
        resources: [{names: [client]}]
    database:
      name: psycopg2
      args: {user: %4$s, dbname: synapse, host: 127.0.0.1, port: %5$d, cp_min: 5, cp_max: 10}
    rc_message: {per_second: 100000, burst_count: 100000}
    rc_registration: {per_second: 100000, burst_count: 100000}
    rc_joins:
      local: {per_second: 100000, burst_count: 100000}
      remote: {per_second: 100000, burst_count: 100000}
    rc_joins_per_room: {per_second: 100000, burst_count: 100000}
    rc_room_creation: {per_second: 100000, burst_count: 100000}
    rc_invites:
      per_room: {per_second: 100000, burst_count: 100000}
      per_user: {per_second: 100000, burst_count: 100000}
      per_issuer: {per_second: 100000, burst_count: 100000}
    """
        .formatted(folder, certificate, port, postgres.account(), postgres.port());
  }

  private String join(List<String> users) {
    String made =
        clients
            .getFirst()
            .bearer(
                "POST",
                API + "createRoom",
                tokens.getFirst(),
                "{\"preset\":\"private_chat\",\"invite\":["
                    + String.join(",", users.subList(1, users.size()))
                    + "]}");
    String id = URLEncoder.encode(Parley.field(made, "room_id"), StandardCharsets.UTF_8);
    for (int at = 1; at < users.size(); at++) {
      clients.get(at).bearer("POST", API + "join/" + id, tokens.get(at), "{}");
    }
    return id;
  }

  /** Polls until the run is over, and counts. */
  private void listen(String token) {
    Client client = new Client(endpoint);
    String first = client.bearer("GET", API + "sync?filter=" + FILTER, token, "");
    Thread.ofVirtual().start(() -> poll(client, token, Parley.field(first, "next_batch")));
  }

  private void poll(Client client, String token, String from) {
    String path = API + "sync?timeout=10000&filter=" + FILTER + "&since=";
    String since = from;
    try (client) {
      while (!closed) {
        String said = client.bearer("GET", path + since, token, "");
        since = Parley.field(said, "next_batch");
        heard.add(count(said));
      }
    } catch (UncheckedIOException | IllegalStateException ended) {
      // The run ended the server, or it gave up: what was not heard is missing in the count.
    }
  }

  private static int count(String said) {
    int count = 0;
    for (int at = said.indexOf(SideBySide.MARK); at >= 0; count++) {
      at = said.indexOf(SideBySide.MARK, at + 1);
    }
    return count;
  }

  @Override
  public String perMessage() {
    return "checks token, membership and power levels, makes a signed event of it, evaluates push"
        + " rules for every member, persists event, relations and push actions in a"
        + " transaction that PostgreSQL commits with a sync, then wakes each member's long"
        + " poll, which reads the room and answers; members ask again, and several messages"
        + " may share an answer.";
  }

  @Override
  public void send(int member, String text) {
    clients
        .get(member)
        .bearer(
            "PUT",
            API + "rooms/" + room + "/send/m.room.message/" + nextTransaction(),
            tokens.get(member),
            "{\"msgtype\":\"m.text\",\"body\":\"" + text + "\"}");
  }

  private synchronized long nextTransaction() {
    return ++transactions;
  }

  @Override
  public long heard() {
    return heard.sum();
  }

  @Override
  public double cpuSeconds() {
    return server.tree().cpuSeconds() + postgres.cpuSeconds();
  }

  @Override
  public void close() {
    closed = true;
    server.close();
    clients.forEach(Client::close);
  }
}
