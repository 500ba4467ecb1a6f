package dev.parley.bench.chat;

import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/** The same group chat on one server after the other; one that cannot run is left out by name. */
final class Peers {
  private static final int MEMBERS = 20;
  private static final int SENDERS = 8;
  private static final double AIM = 2;
  private static final String SQLITE = "Parley on SQLite";
  private static final String POSTGRES = "Parley on PostgreSQL";

  private final int seconds;
  private final Path folder;
  private final Path log;
  private final Path synapse;
  private final Report report;
  private final String only;
  private final List<String> explained = new ArrayList<>();

  /** Durable messages per CPU-second, by name. */
  private final Map<String, Double> reached = new HashMap<>();

  /**
   * @param only what the names of the servers to measure begin with; empty for all
   */
  Peers(int seconds, Path folder, Path log, Path synapse, String only, Report report) {
    this.seconds = seconds;
    this.folder = folder;
    this.log = log;
    this.synapse = synapse;
    this.only = only;
    this.report = report;
  }

  /** Measures all, and says what each does per message. */
  void run() {
    report.say(
        "| server | messages/s | durable messages per CPU-second | deliveries per CPU-second |"
            + " delivered | machine busy elsewhere |");
    report.say("|---|---|---|---|---|---|");
    measured(SQLITE, () -> new ParleyGroup(folder.resolve("parley"), log, null, MEMBERS));
    onPostgres(
        POSTGRES,
        postgres -> new ParleyGroup(folder.resolve("parley-postgres"), log, postgres, MEMBERS));
    ejabberd(Certificates.pem(folder));
    synapse(folder.resolve("peer.pem"));
    report.say("");
    explained.forEach(report::say);
    ratios();
  }

  private void ejabberd(Path certificate) {
    if (EjabberdGroup.installed().isEmpty()) {
      leftOut("ejabberd", "the Debian package ejabberd is not installed");
      return;
    }
    if (EjabberdGroup.hasPostgresDriver()) {
      onPostgres(
          "ejabberd on PostgreSQL",
          postgres -> new EjabberdGroup(folder.resolve("sql"), certificate, postgres, MEMBERS));
    } else {
      leftOut("ejabberd on PostgreSQL", "the Debian package erlang-p1-pgsql is not installed");
    }
    measured(
        "ejabberd on Mnesia",
        () -> new EjabberdGroup(folder.resolve("mnesia"), certificate, null, MEMBERS));
  }

  private void synapse(Path certificate) {
    if (!Files.isExecutable(synapse)) {
      leftOut("Synapse", "its environment is missing; bench/chat/install-peers makes it");
      return;
    }
    onPostgres(
        "Synapse on PostgreSQL",
        postgres ->
            new SynapseGroup(folder.resolve("synapse"), synapse, certificate, postgres, MEMBERS));
  }

  /** Measures on a cluster of its own, which is new and ends with it. */
  private void onPostgres(String what, Function<Postgres, Group> server) {
    if (!what.startsWith(only)) {
      return;
    }
    if (!Postgres.isInstalled()) {
      leftOut(what, "PostgreSQL is not installed");
      return;
    }
    Path cluster = folder.resolve("cluster-of-" + what.replace(' ', '-'));
    try (Postgres postgres = Postgres.start(cluster)) {
      measured(what, () -> server.apply(postgres));
    }
  }

  private void measured(String what, Supplier<Group> server) {
    if (!what.startsWith(only)) {
      return;
    }
    try (Group group = server.get()) {
      SideBySide load = new SideBySide(MEMBERS, SENDERS, seconds);
      SideBySide.Figures figures = load.run(group);
      report.say(load.row(what, figures));
      explained.add("- " + what + ": per message it " + group.perMessage());
      reached.put(what, figures.perCpuSecond());
    } catch (IllegalStateException | UncheckedIOException failed) {
      leftOut(what, "it failed: " + failed.getMessage());
    }
  }

  private void leftOut(String what, String why) {
    explained.add("- Left out: " + what + " (" + why + ").");
  }

  /** Each peer against Parley on the same kind of store and on its own. */
  private void ratios() {
    for (String peer :
        List.of("ejabberd on PostgreSQL", "ejabberd on Mnesia", "Synapse on PostgreSQL")) {
      if (reached.containsKey(peer)) {
        report.say(
            String.format(
                Locale.ROOT,
                "- Durable messages per CPU-second, Parley ÷ %s: %s on SQLite, %s on PostgreSQL"
                    + " (aim: %.0f).",
                peer,
                ratio(SQLITE, peer),
                ratio(POSTGRES, peer),
                AIM));
      }
    }
  }

  private String ratio(String ours, String peer) {
    return reached.containsKey(ours)
        ? String.format(
            Locale.ROOT, "%.2f", reached.getOrDefault(ours, 0.0) / reached.getOrDefault(peer, 1.0))
        : "not measured";
  }
}
