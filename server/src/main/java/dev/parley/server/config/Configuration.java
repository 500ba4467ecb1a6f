package dev.parley.server.config;

import dev.parley.kit.base.Secret;
import dev.parley.server.problem.Problem;
import dev.parley.server.problem.Stopped;
import dev.parley.services.relay.RelaySettings;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Everything an operator can decide, checked as a whole. Each key stands with its default and its
 * meaning in {@code parley-reference.properties}.
 *
 * @param data the data folder, absolute
 * @param mode development or production, decided
 * @param network where it listens and how it is called
 * @param database an outside database, or nothing for the embedded store
 * @param masterKeys the keys above all stored secrets, or nothing for those in the data folder
 * @param testClock whether {@code POST /test/clock:advance} moves the time; development only
 * @param log how the log is written
 * @param otlp base URL of an OTLP collector for traces, or nothing for no traces
 * @param relay the TURN servers that clients are led to, or nothing when there are none
 * @param limits what it bears
 * @param media where sound and pictures go
 */
public record Configuration(
    Path data,
    Mode mode,
    Network network,
    Optional<Outside> database,
    Optional<Secret<String>> masterKeys,
    boolean testClock,
    Log log,
    Optional<URI> otlp,
    Optional<RelaySettings> relay,
    Limits limits,
    Media media) {

  /** A URL of RFC 7064 or RFC 7065, with or without a port and a transport. */
  private static final Pattern RELAY_URL =
      Pattern.compile(
          "(turn|stun)s?:([\\w.-]+|\\[[0-9A-Fa-f:.]+])(:\\d{1,5})?(\\?transport=(udp|tcp))?");

  private static final Pattern COMMA = Pattern.compile("\\s*,\\s*");

  /** Keys of older versions, with what replaced them. None is removed so far. */
  private static final Map<String, String> REMOVED_KEYS = Map.of();

  /** Whether the server serves its developer or the world. */
  public enum Mode {
    DEVELOPMENT,
    PRODUCTION
  }

  /**
   * Where the server listens.
   *
   * @param bind an address of this machine
   * @param port 0 for any free port
   * @param publicUrl the base of every absolute link, with a trailing slash; without one, {@code
   *     https://localhost:port/}
   * @param certificate the operator's own; without one, the development authority's
   */
  public record Network(
      InetAddress bind, int port, Optional<URI> publicUrl, Optional<Certificate> certificate) {}

  /** PEM files of a certificate chain and its private key; reread when they change. */
  public record Certificate(Path chain, Path key) {}

  /** A PostgreSQL (or compatible) database by its JDBC address. */
  public record Outside(String url, Optional<String> user, Optional<Secret<String>> password) {}

  /**
   * What the server bears; over a limit it says so.
   *
   * @param requestsPerSecond of one resource, on average
   * @param requestBurst of one resource, at once
   * @param connections open ones of all addresses
   * @param connectionsPerAddress open ones of one address
   * @param failedCredentialsPerMinute of one address
   * @param bodyBytes of one request after decompression, where the operation has no limit of its
   *     own
   * @param headerBytes of one request, with its first line
   */
  public record Limits(
      int requestsPerSecond,
      int requestBurst,
      int connections,
      int connectionsPerAddress,
      int failedCredentialsPerMinute,
      int bodyBytes,
      int headerBytes,
      Timeouts timeouts) {}

  /**
   * How long the server waits.
   *
   * @param body for a whole body
   * @param firstRequest from the accepted connection to the head of its first request
   * @param idle on a connection without traffic
   * @param stop for requests under way at the end
   */
  public record Timeouts(Duration body, Duration firstRequest, Duration idle, Duration stop) {}

  /**
   * Where sound and pictures of calls go.
   *
   * @param bind an address of this machine
   * @param port of the first media loop, over UDP and TCP; 0 for free ones
   * @param loops how many; 0 for one less than the cores
   * @param announced where clients are told to send; empty for the addresses of this machine
   * @param tcp whether clients may come over TCP where UDP does not get through
   * @param udp whether they may come over UDP; turned off only to prove TCP
   */
  public record Media(
      InetAddress bind, int port, int loops, List<Announced> announced, boolean tcp, boolean udp) {
    public Media {
      announced = List.copyOf(announced);
    }
  }

  /**
   * An address that clients of media are told.
   *
   * @param port that stands for the first loop's, 0 for the loops' own
   */
  public record Announced(InetAddress address, int port) {}

  /** How the log is written. */
  public record Log(Level level, Format format) {
    /** From how grave on a line is written. */
    public enum Level {
      ERROR,
      WARN,
      INFO,
      DEBUG
    }

    /** For people or for machines. */
    public enum Format {
      TEXT,
      JSON
    }
  }

  private enum WantedMode {
    AUTO,
    DEVELOPMENT,
    PRODUCTION
  }

  /**
   * Lays file, environment and options over the defaults.
   *
   * @param workingDirectory what relative paths are relative to
   * @param options values by key, as given on the command line
   * @throws Stopped when a key is unknown or removed, a value does not fit, or production refuses
   *     it
   */
  public static Configuration load(
      Path workingDirectory,
      Optional<Path> file,
      Map<String, String> environment,
      Map<String, String> options) {
    Layers layers = new Layers(Layers.reference(), REMOVED_KEYS);
    file.map(workingDirectory::resolve).ifPresent(layers::file);
    return of(layers.environment(environment).options(options).settings(), workingDirectory);
  }

  /** The reference file: every key with its meaning and its default. */
  public static String reference() {
    return String.join("\n", Layers.reference()) + "\n";
  }

  static Configuration of(Settings settings, Path workingDirectory) {
    Network network = network(settings, workingDirectory);
    Configuration configuration =
        new Configuration(
            workingDirectory.resolve(settings.path("data").orElse(Path.of(".parley"))).normalize(),
            mode(settings, network),
            network,
            database(settings),
            settings.secret("master-keys"),
            settings.flag("test-clock"),
            new Log(
                settings.choice("log.level", Log.Level.class),
                settings.choice("log.format", Log.Format.class)),
            settings.optional("otlp.endpoint").map(text -> collector(settings, text)),
            relay(settings),
            limits(settings),
            media(settings, network));
    refuseWhatProductionRefuses(configuration);
    return configuration;
  }

  private static URI collector(Settings settings, String text) {
    URI url = URI.create(text.replace(' ', '_'));
    boolean fits = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
    if (!fits || url.getHost() == null) {
      throw settings.wrong("otlp.endpoint", "a URL such as http://localhost:4318");
    }
    return url;
  }

  private static Optional<RelaySettings> relay(Settings settings) {
    Optional<String> text = settings.optional("relay.urls");
    Optional<Secret<String>> secret = settings.secret("relay.secret");
    if (text.isPresent() != secret.isPresent()) {
      throw settings.wrong(
          text.isPresent() ? "relay.secret" : "relay.urls",
          "given together with the other of the two");
    }
    return text.map(list -> {
      List<String> urls = COMMA.splitAsStream(list.strip()).toList();
      boolean fit = urls.stream().allMatch(url -> RELAY_URL.matcher(url).matches());
      if (!fit || urls.stream().noneMatch(url -> url.startsWith("turn"))) {
        throw settings.wrong(
            "relay.urls", "URLs such as turn:host:3478?transport=udp, separated by commas");
      }
      return new RelaySettings(urls, secret.orElseThrow());
    });
  }

  private static Media media(Settings settings, Network network) {
    boolean tcp = settings.flag("media.tcp");
    boolean udp = settings.flag("media.udp");
    if (!tcp && !udp) {
      throw settings.wrong("media.udp", "true when media.tcp is false: else nobody gets through");
    }
    return new Media(
        settings
            .optional("media.bind")
            .map(text -> address(settings, "media.bind", text))
            .orElse(network.bind()),
        settings.number("media.port", 0, 65_535),
        settings.number("media.loops", 0, 256),
        settings
            .optional("media.announce")
            .map(text -> announced(settings, text))
            .orElse(List.of()),
        tcp,
        udp);
  }

  private static List<Announced> announced(Settings settings, String text) {
    List<Announced> all = new ArrayList<>();
    for (String each : text.split(" *, *", -1)) {
      Matcher matcher = ANNOUNCED.matcher(each.strip());
      int port = matcher.matches() && matcher.group(2) != null ? port(matcher.group(2)) : 0;
      if (!matcher.matches() || port > 65_535) {
        throw settings.wrong(
            "media.announce", "addresses such as 203.0.113.7, [2001:db8::7] or 203.0.113.7:10000");
      }
      all.add(new Announced(address(settings, "media.announce", matcher.group(1)), port));
    }
    return all;
  }

  private static int port(String digits) {
    return digits.length() > 5 ? Integer.MAX_VALUE : Integer.parseInt(digits);
  }

  /** Numbers only: a name would be looked up, and clients need the address itself. */
  private static final Pattern ANNOUNCED =
      Pattern.compile("([0-9.]+|\\[[0-9a-fA-F:.]+])(?::([0-9]{1,6}))?");

  private static InetAddress address(Settings settings, String key, String text) {
    try {
      return InetAddress.getByName(text);
    } catch (UnknownHostException unknown) {
      throw settings.wrong(key, "an address of this machine, such as 127.0.0.1 or 0.0.0.0");
    }
  }

  private static Limits limits(Settings settings) {
    int many = 100_000_000;
    return new Limits(
        settings.number("limits.requests-per-second", 1, many),
        settings.number("limits.request-burst", 1, many),
        settings.number("limits.connections", 1, many),
        settings.number("limits.connections-per-address", 1, many),
        settings.number("limits.failed-credentials-per-minute", 1, many),
        size(settings, "limits.body"),
        size(settings, "limits.headers"),
        new Timeouts(
            settings.duration("limits.body-timeout"),
            settings.duration("limits.first-request-timeout"),
            settings.duration("limits.idle-timeout"),
            settings.duration("limits.stop-timeout")));
  }

  /** Buffers are arrays, so no limit is above what an array can hold. */
  private static int size(Settings settings, String key) {
    long bytes = settings.bytes(key);
    if (bytes < 1024 || bytes > 1L << 30) {
      throw settings.wrong(key, "a size from 1KiB to 1GiB");
    }
    return (int) bytes;
  }

  private static Network network(Settings settings, Path workingDirectory) {
    return new Network(
        address(settings, "bind", settings.text("bind")),
        settings.number("port", 0, 65_535),
        settings.optional("public-url").map(text -> publicUrl(settings, text)),
        certificate(settings, workingDirectory));
  }

  /**
   * The SDKs refuse plain http, and JavaScript's also a base with a path (compat README §1, §2).
   */
  private static URI publicUrl(Settings settings, String text) {
    String expected = "https://host or https://host:port, without a path";
    try {
      URI url = URI.create(text.endsWith("/") ? text : text + "/");
      boolean fits =
          "https".equals(url.getScheme())
              && url.getHost() != null
              && "/".equals(url.getRawPath())
              && url.getRawUserInfo() == null
              && url.getRawQuery() == null
              && url.getRawFragment() == null;
      if (!fits) {
        throw settings.wrong("public-url", expected);
      }
      return url;
    } catch (IllegalArgumentException malformed) {
      throw settings.wrong("public-url", expected);
    }
  }

  private static Optional<Certificate> certificate(Settings settings, Path workingDirectory) {
    Optional<Path> chain = settings.path("certificate").map(workingDirectory::resolve);
    Optional<Path> key = settings.path("key").map(workingDirectory::resolve);
    if (chain.isPresent() != key.isPresent()) {
      throw settings.wrong(
          chain.isPresent() ? "key" : "certificate", "given together with the other of the two");
    }
    return chain.map(path -> new Certificate(path, key.orElseThrow()));
  }

  private static Optional<Outside> database(Settings settings) {
    Optional<String> user = settings.optional("database.user");
    Optional<Secret<String>> password = settings.secret("database.password");
    return settings
        .optional("database")
        .map(url -> {
          if (!url.startsWith("jdbc:postgresql://")) {
            throw settings.wrong("database", "empty or jdbc:postgresql://host:port/name");
          }
          return new Outside(url, user, password);
        });
  }

  private static Mode mode(Settings settings, Network network) {
    return switch (settings.choice("mode", WantedMode.class)) {
      case DEVELOPMENT -> Mode.DEVELOPMENT;
      case PRODUCTION -> Mode.PRODUCTION;
      case AUTO -> network.bind().isLoopbackAddress() ? Mode.DEVELOPMENT : Mode.PRODUCTION;
    };
  }

  private static void refuseWhatProductionRefuses(Configuration configuration) {
    Network network = configuration.network();
    String address = network.bind().getHostAddress();
    if (configuration.mode() == Mode.DEVELOPMENT) {
      if (!network.bind().isLoopbackAddress()) {
        throw unsafe(
            "development mode answers only on this machine, not on " + address,
            "Leave --bind away, or give --public-url, --certificate and --key for production.");
      }
      return;
    }
    List<String> missing =
        java.util.stream.Stream.of(
                network.publicUrl().isEmpty() ? "--public-url" : "",
                network.certificate().isEmpty() ? "--certificate and --key" : "")
            .filter(option -> !option.isEmpty())
            .toList();
    if (!missing.isEmpty()) {
      throw unsafe(
          "production (listening on " + address + ") needs " + String.join(", ", missing),
          "For trying things on this machine leave --bind away: parley up");
    }
    if (configuration.testClock()) {
      throw unsafe(
          "the test clock is for development only", "Leave --test-clock away in production.");
    }
  }

  private static Stopped unsafe(String message, String hint) {
    return new Stopped(new Problem.UnsafeConfiguration(message, hint));
  }
}
