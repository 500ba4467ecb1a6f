package dev.parley.bench.chat;

import dev.parley.bench.Client;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** A room on ejabberd (XEP-0045) with its archive on (XEP-0313), members on TLS connections. */
final class EjabberdGroup implements Group {
  private static final Path DEBIAN = Path.of("/usr/lib/x86_64-linux-gnu");
  private static final Path SCHEMA = Path.of("/usr/share/ejabberd/sql/pg.sql");
  private static final String ROOM = "bench@conference.localhost";

  private final @Nullable Postgres postgres;
  private final Command server;
  private final List<Member> members = new ArrayList<>();
  private final LongAdder heard = new LongAdder();

  /**
   * @param certificate key and chain in one PEM file
   * @param postgres that keeps the archive, or null for Mnesia
   */
  EjabberdGroup(Path folder, Path certificate, @Nullable Postgres postgres, int count) {
    this.postgres = postgres;
    int port = Command.freePort();
    Path installed = installed().orElseThrow();
    try {
      Files.createDirectories(folder);
      Files.writeString(folder.resolve("ejabberd.yml"), configuration(port, certificate));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    if (postgres != null) {
      postgres.create("ejabberd", SCHEMA.toString());
    }
    this.server = serve(folder, installed, port);
    try {
      for (int at = 0; at < count; at++) {
        members.add(new Member(port, "member" + at));
      }
    } catch (IOException failed) {
      server.close();
      throw new UncheckedIOException(failed);
    }
  }

  /** Where Debian's package is, when it is installed. */
  static Optional<Path> installed() {
    try (Stream<Path> libraries = Files.list(DEBIAN)) {
      return libraries
          .filter(library -> library.getFileName().toString().startsWith("ejabberd-"))
          .max(Comparator.naturalOrder());
    } catch (IOException elsewhere) {
      return Optional.empty();
    }
  }

  /** Whether the archive can be on PostgreSQL: Debian has the driver in a package of its own. */
  static boolean hasPostgresDriver() {
    return Files.exists(SCHEMA) && hasLibrary("p1_pgsql-");
  }

  private static boolean hasLibrary(String prefix) {
    return Stream.of(DEBIAN, Path.of("/usr/lib/erlang/lib"))
        .anyMatch(folder -> {
          try (Stream<Path> libraries = Files.list(folder)) {
            return libraries.anyMatch(one -> one.getFileName().toString().startsWith(prefix));
          } catch (IOException elsewhere) {
            return false;
          }
        });
  }

  private static Command serve(Path folder, Path installed, int port) {
    List<String> command =
        List.of(
            "erl",
            "+K",
            "true",
            // Schedulers that spin while they wait would count as work.
            "+sbwt",
            "none",
            "+sbwtdcpu",
            "none",
            "+sbwtdio",
            "none",
            "-noinput",
            "-pa",
            installed.resolve("ebin").toString(),
            "-mnesia",
            "dir",
            "\"" + folder.resolve("mnesia") + "\"",
            "-s",
            "ejabberd");
    Map<String, String> environment =
        Map.of(
            "ERL_LIBS",
            DEBIAN.toString(),
            "EJABBERD_CONFIG_PATH",
            folder.resolve("ejabberd.yml").toString(),
            "EJABBERD_LOG_PATH",
            folder.resolve("ejabberd.log").toString(),
            "HOME",
            folder.toString());
    return Command.serve(command, environment, folder, port);
  }

  private String configuration(int port, Path certificate) {
    String archive = postgres == null ? "mnesia" : "sql";
    String sql =
        postgres == null
            ? ""
            : """
            sql_type: pgsql
            sql_server: "127.0.0.1"
            sql_port: %d
            sql_database: ejabberd
            sql_username: %s
            sql_password: ""
            """
                .formatted(postgres.port(), postgres.account());
    return """
    hosts: [localhost]
    loglevel: warning
    certfiles: ["%s"]
    listen:
      - port: %d
        ip: "127.0.0.1"
        module: ejabberd_c2s
        tls: true
        max_stanza_size: 262144
    registration_timeout: infinity
    auth_method: internal
    auth_password_format: plain
    %s
    modules:
      mod_register:
        ip_access: all
      mod_disco: {}
      mod_muc:
        db_type: mnesia
        history_size: 0
        max_users: 1000
        min_message_interval: 0
        default_room_options: {mam: true, persistent: true, public: true}
      mod_mam:
        db_type: %s
        default: never
    """
        .formatted(certificate, port, sql, archive);
  }

  @Override
  public String perMessage() {
    String archive =
        postgres == null
            ? "writes it to the room's archive in a Mnesia transaction, which does not sync to disk"
            : "inserts it into the room's archive, which PostgreSQL commits with a sync";
    return "parses the stanza, checks the sender's role in the room, "
        + archive
        + ", then sends a copy of the stanza with the archive's id to each member; the sender's own"
        + " copy is its acknowledgement. Members answer nothing.";
  }

  /** One member's connection. */
  private final class Member {
    private final SSLSocket socket;
    private final InputStream in;
    private final OutputStream out;
    private final String name;
    private final Semaphore own = new Semaphore(0);
    private final byte[] buffer = new byte[64 << 10];
    private String rest = "";

    Member(int port, String name) throws IOException {
      this.name = name;
      this.socket = Client.tls(port, InetAddress.getLoopbackAddress());
      this.in = new BufferedInputStream(socket.getInputStream());
      this.out = socket.getOutputStream();
      stream();
      write(
          "<iq type='set' id='r'><query xmlns='jabber:iq:register'><username>"
              + name
              + "</username><password>secret</password></query></iq>");
      until("</iq>", "/>");
      byte[] plain = ("\0" + name + "\0secret").getBytes(StandardCharsets.UTF_8);
      write(
          "<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='PLAIN'>"
              + Base64.getEncoder().encodeToString(plain)
              + "</auth>");
      until("<success", "<success");
      rest = "";
      stream();
      write("<iq type='set' id='b'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'/></iq>");
      until("</iq>", "</iq>");
      write("<presence/>");
      write(
          "<presence to='"
              + ROOM
              + "/"
              + name
              + "'><x xmlns='http://jabber.org/protocol/muc'><history maxstanzas='0'/></x>"
              + "</presence>");
      until("<subject", "<subject");
      Thread.ofVirtual().start(this::read);
    }

    private void stream() throws IOException {
      write(
          "<stream:stream to='localhost' version='1.0' xmlns='jabber:client'"
              + " xmlns:stream='http://etherx.jabber.org/streams'>");
      until("</stream:features>", "</stream:features>");
    }

    private synchronized void write(String text) throws IOException {
      out.write(text.getBytes(StandardCharsets.UTF_8));
      out.flush();
    }

    /** Reads on until either word was there; what follows it is left. */
    private void until(String word, String other) throws IOException {
      while (true) {
        int at = rest.indexOf(word);
        int ended = at >= 0 ? at + word.length() : -1;
        if (ended < 0 && rest.contains(other)) {
          ended = rest.indexOf(other) + other.length();
        }
        if (rest.contains("<failure") || rest.contains("type='error'")) {
          throw new IOException("ejabberd refused: " + rest);
        }
        if (ended >= 0) {
          rest = rest.substring(ended);
          return;
        }
        more();
      }
    }

    private void more() throws IOException {
      int size = in.read(buffer);
      if (size < 0) {
        throw new IOException("ejabberd closed the connection: " + rest);
      }
      rest += new String(buffer, 0, size, StandardCharsets.UTF_8);
    }

    private void read() {
      try {
        while (true) {
          int end = rest.indexOf("</message>");
          if (end < 0) {
            more();
            continue;
          }
          String stanza = rest.substring(0, end);
          rest = rest.substring(end + "</message>".length());
          if (stanza.contains(SideBySide.MARK)) {
            if (stanza.contains(ROOM + "/" + name + "'")) {
              own.release();
            }
            heard.increment();
          }
        }
      } catch (IOException closed) {
        // The run closed it, or the server did: what was not heard is missing in the count.
      }
    }

    void send(String text) {
      try {
        write("<message to='" + ROOM + "' type='groupchat'><body>" + text + "</body></message>");
        own.acquire();
      } catch (IOException failed) {
        throw new UncheckedIOException(failed);
      } catch (InterruptedException hurry) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(hurry);
      }
    }
  }

  @Override
  public void send(int member, String text) {
    members.get(member).send(text);
  }

  @Override
  public long heard() {
    return heard.sum();
  }

  @Override
  public double cpuSeconds() {
    return server.tree().cpuSeconds() + (postgres == null ? 0 : postgres.cpuSeconds());
  }

  @Override
  public void close() {
    server.close();
    for (Member member : members) {
      try {
        member.socket.close();
      } catch (IOException late) {
        throw new UncheckedIOException(late);
      }
    }
  }
}
