package dev.parley.server;

import dev.parley.kit.base.AdvancingClock;
import dev.parley.kit.base.Clock;
import dev.parley.kit.base.Ids;
import dev.parley.kit.base.Secret;
import dev.parley.kit.base.SystemClock;
import dev.parley.kit.http.AddressLimits;
import dev.parley.kit.http.BaseUrls;
import dev.parley.kit.http.HttpServer;
import dev.parley.kit.http.HttpSettings;
import dev.parley.kit.http.LongRunningOperations;
import dev.parley.kit.http.Operation;
import dev.parley.kit.http.OperationTable;
import dev.parley.kit.http.Pipeline;
import dev.parley.kit.http.RateLimits;
import dev.parley.kit.http.Repeatability;
import dev.parley.kit.http.RequestIds;
import dev.parley.kit.http.Routes;
import dev.parley.kit.journal.JournalTrimmer;
import dev.parley.kit.sql.Database;
import dev.parley.server.cli.Servers;
import dev.parley.server.config.Configuration;
import dev.parley.server.folder.DataFolder;
import dev.parley.server.folder.RunningServer;
import dev.parley.server.modules.CallingModule;
import dev.parley.server.modules.ChatModule;
import dev.parley.server.modules.ConnectionsModule;
import dev.parley.server.modules.IdentityModule;
import dev.parley.server.modules.PushModule;
import dev.parley.server.modules.RelayModule;
import dev.parley.server.modules.ResourcesModule;
import dev.parley.server.modules.RoomsModule;
import dev.parley.server.observe.Observation;
import dev.parley.services.access.ServiceCredentials;
import dev.parley.services.access.SignedRequests;
import dev.parley.services.chat.ChatLimits;
import dev.parley.services.resources.AccessKey;
import dev.parley.services.resources.ResourceDirectory;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A running server: the parts, put together in the order in which they need each other. Read the
 * constructor from top to bottom; {@link #close} goes the other way.
 */
final class Parley implements Servers.Started {
  private final Configuration configuration;
  private final Clock clock;

  /** Clients check certificates by their own time, whatever a test does with ours. */
  private final Clock wallClock = new SystemClock();

  private final Observation observation;
  private final Foundation foundation;
  private final ResourcesModule resources;
  private final Certificates certificates;
  private final HttpServer http;
  private final BaseUrls baseUrls;
  private final RateLimits rates;
  private final IdentityModule identity;
  private final ChatModule chat;
  private final ConnectionsModule connections;
  private final PushModule push;
  private final RoomsModule rooms;
  private final RelayModule relay;
  private final LateEngine engine;
  private final CallingModule calling;
  private final Optional<TryRoutes> tryOut;
  private final LongRunningOperations longRunning;
  private final Repeatability repeatability;
  private final Routes routes;
  private final Housekeeping housekeeping;
  private final DataFolder folder;
  private boolean closed;

  Parley(Configuration configuration, DataFolder folder, Clock clock, Ids ids) {
    this.configuration = configuration;
    this.folder = folder;
    this.clock = clock;
    engine = new LateEngine(configuration.media());
    observation = new Observation(clock, configuration.otlp());
    foundation = Stores.open(configuration, clock, ids, folder.path(), observation);
    resources = new ResourcesModule(foundation);
    certificates = Certificates.open(configuration, folder.path(), ids, wallClock.now());
    Configuration.Limits limits = configuration.limits();
    AddressLimits addresses =
        new AddressLimits(
            clock, limits.connectionsPerAddress(), limits.failedCredentialsPerMinute());
    observation.watch(addresses);
    http =
        new HttpServer(
            settings(configuration),
            certificates.serving().keyManager(),
            addresses,
            new RequestIds(ids));
    http.open();
    baseUrls = new BaseUrls(publicUrl(), this::isResourceHost);
    rates = new RateLimits(clock, limits.requestsPerSecond(), limits.requestBurst());
    certifyResources();
    resources.whenChanged(this::resourcesChanged);
    repeatability = new Repeatability(foundation.database(), foundation.vault(), clock);
    identity = new IdentityModule(foundation, baseUrls.base(), repeatability);
    chat = new ChatModule(foundation, identity.service());
    connections =
        new ConnectionsModule(foundation, identity.service(), resources.service().directory());
    push = new PushModule(foundation, identity, connections.connections(), chat.push());
    rooms = new RoomsModule(foundation, identity.service());
    relay = new RelayModule(foundation, identity.service(), configuration.relay());
    calling =
        new CallingModule(
            foundation,
            identity,
            connections.connections(),
            rooms.service(),
            relay.service(),
            engine);
    longRunning = new LongRunningOperations(clock);
    tryOut =
        configuration.mode() == Configuration.Mode.DEVELOPMENT
            ? Optional.of(
                new TryRoutes(identity.service(), resources.defaultResource().id(), clock, ids))
            : Optional.empty();
    routes = new Routes(tables(clock), new UnknownPaths());
    http.serve(
        new Pipeline(
            routes,
            credentials(folder.newAdminToken(ids)),
            addresses,
            rates,
            repeatability,
            baseUrls,
            observation.requests(),
            limits.bodyBytes()));
    housekeeping = new Housekeeping(clock);
    scheduleHousekeeping();
    engine.start(clock, ids);
  }

  private static HttpSettings settings(Configuration configuration) {
    Configuration.Limits limits = configuration.limits();
    Configuration.Timeouts timeouts = limits.timeouts();
    return new HttpSettings(
        configuration.network().bind().getHostAddress(),
        configuration.network().port(),
        limits.headerBytes(),
        timeouts.body(),
        timeouts.firstRequest(),
        timeouts.idle(),
        timeouts.stop(),
        limits.connections());
  }

  private URI publicUrl() {
    return configuration
        .network()
        .publicUrl()
        .orElseGet(() -> URI.create("https://localhost:" + http.port() + "/"));
  }

  private List<OperationTable> tables(Clock clock) {
    List<OperationTable> tables = new ArrayList<>();
    Optional<AdvancingClock> testClock =
        clock instanceof AdvancingClock advancing ? Optional.of(advancing) : Optional.empty();
    tables.add(
        new SystemRoutes(
            foundation.database(),
            certificates.development().map(authority -> authority.caPem()),
            engine::state,
            observation::page,
            testClock));
    tables.add(resources.routes(baseUrls));
    tables.addAll(identity.routes(resources.service()));
    tables.add(chat.routes());
    tables.add(push.routes());
    tables.add(rooms.routes());
    tables.add(relay.routes());
    tables.add(calling.routes());
    tables.add(new SdkRoutes());
    tryOut.ifPresent(tables::add);
    return tables;
  }

  private ServiceCredentials credentials(Secret<String> adminToken) {
    return new ServiceCredentials(
        new SignedRequests(resources.service(), baseUrls, clock),
        resources.service().directory(),
        identity.service(),
        identity.tokens(),
        adminToken);
  }

  private boolean isResourceHost(String host) {
    String suffix = "." + baseUrls.host();
    return host.endsWith(suffix)
        && resources
            .service()
            .directory()
            .byName(host.substring(0, host.length() - suffix.length()))
            .isPresent();
  }

  private void resourcesChanged() {
    certifyResources();
    rates.forgetUnless(id -> resources.service().directory().byId(id).isPresent());
  }

  private void certifyResources() {
    List<String> hosts =
        resources.service().list().stream()
            .map(entry -> entry.resource().name().toLowerCase(Locale.ROOT))
            .map(name -> name + "." + baseUrls.host())
            .toList();
    certificates.certify(hosts, wallClock.now());
  }

  private void scheduleHousekeeping() {
    JournalTrimmer trimmer =
        new JournalTrimmer(
            foundation.journal(),
            foundation.database(),
            clock,
            Duration.ofDays(30),
            Duration.ofDays(30));
    housekeeping.every(Duration.ofSeconds(10), "uses", this::saveUses);
    housekeeping.every(
        Duration.ofSeconds(10), "certificates", () -> certificates.refresh(wallClock.now()));
    housekeeping.every(ChatLimits.RETENTION_SWEEP, "retention", chat::deleteEnded);
    housekeeping.every(Duration.ofHours(1), "calls", calling::deleteOld);
    housekeeping.every(Duration.ofHours(1), "repeatability", repeatability::forgetExpired);
    housekeeping.every(Duration.ofHours(1), "operations", this::forgetOperations);
    housekeeping.every(Duration.ofHours(1), "journal", trimmer::trim);
    housekeeping.every(Duration.ofHours(6), "keys", identity.signingKeys()::rotateIfDue);
  }

  private void forgetOperations() {
    foundation.database().write("operations.forget", longRunning::forgetEnded);
  }

  private void saveUses() {
    resources.service().saveKeyUses();
    identity.service().saveIssueTimes();
  }

  @Override
  public DataFolder.Connection connection() {
    ResourceDirectory.Entry entry =
        resources
            .service()
            .directory()
            .byId(resources.defaultResource().id())
            .orElseThrow(() -> new IllegalStateException("the default resource is gone"));
    AccessKey primary = entry.keys().get(AccessKey.Slot.PRIMARY);
    if (primary == null) {
      throw new IllegalStateException("the default resource has no primary key");
    }
    String endpoint = baseUrls.base() + "/";
    String key = Base64.getEncoder().encodeToString(primary.secret().reveal());
    return new DataFolder.Connection(
        endpoint,
        Secret.of("endpoint=" + endpoint + ";accesskey=" + key),
        entry.resource().id().toString(),
        certificates.trusted(),
        certificates
            .development()
            .map(authority -> authority.truststore())
            .orElse(certificates.trusted()),
        Certificates.TRUSTSTORE_PASSWORD);
  }

  @Override
  public Optional<Secret<String>> tryPage() {
    return tryOut.map(page -> Secret.of(baseUrls.base() + page.path().reveal()));
  }

  @Override
  public RunningServer running() {
    return new RunningServer(
        ProcessHandle.current().pid(),
        baseUrls.base() + "/",
        URI.create("https://" + localHost() + ":" + http.port() + "/"),
        certificates.trusted());
  }

  /** A server on every address, or on a loopback one, is found at localhost. */
  private String localHost() {
    var bind = configuration.network().bind();
    String address = bind.getHostAddress();
    boolean here = bind.isAnyLocalAddress() || bind.isLoopbackAddress();
    return here
        ? "localhost"
        : bind instanceof java.net.Inet6Address ? "[" + address + "]" : address;
  }

  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    try (observation;
        foundation;
        resources;
        identity;
        chat;
        connections;
        push;
        rooms;
        engine;
        calling;
        housekeeping) {
      calling.stop();
      push.stop();
      http.close();
      saveUses();
    }
  }

  /** Every operation that it serves. */
  Set<Operation> operations() {
    return routes.operations();
  }

  /** The store, for tests that let it fail. */
  Database database() {
    return foundation.database();
  }

  /** The rates of resources, for tests. */
  RateLimits rates() {
    return rates;
  }

  /** The folder that this server holds. */
  DataFolder folder() {
    return folder;
  }
}
