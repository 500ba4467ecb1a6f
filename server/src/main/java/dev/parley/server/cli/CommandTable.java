package dev.parley.server.cli;

import java.util.List;
import java.util.Optional;

/** Every command and option there is; parsing and help come from here. */
final class CommandTable {
  private static final Option DATA =
      Option.setting("data", "DIR", "the data folder (default .parley)");
  private static final Option CONFIG =
      Option.value("config", "FILE", "read configuration from FILE");
  private static final Option SET =
      Option.value("set", "KEY=VALUE", "any configuration key; may be repeated");
  private static final Option RESOURCE =
      Option.value("resource", "NAME", "the resource (default: the default resource)");
  private static final Option PUBLIC_URL =
      Option.setting("public-url", "URL", "how clients call this server: https://host[:port]");
  private static final Option DATABASE =
      Option.setting("database", "URL", "use this PostgreSQL: jdbc:postgresql://host/name");
  private static final Option HELP = new Option("--help", "", "show this", "");

  private static final List<Option> REACHING = List.of(DATA, CONFIG, SET, HELP);

  static final List<Command> COMMANDS =
      List.of(
          new Command(
              "up",
              "",
              0,
              "start the server; Ctrl-C stops it",
              List.of(
                  DATA,
                  Option.setting("port", "N", "listen on port N (default 8443); 0 picks one"),
                  Option.setting("bind", "ADDR", "listen on ADDR (default 127.0.0.1)"),
                  PUBLIC_URL,
                  Option.setting("certificate", "PEM", "the certificate chain to show"),
                  Option.setting("key", "PEM", "its private key"),
                  DATABASE,
                  new Option("--test-clock", "", "let tests move the time", "test-clock"),
                  CONFIG,
                  SET,
                  HELP)),
          new Command(
              "chat",
              "",
              0,
              "chat with other terminals through the running server",
              with(Option.value("name", "NAME", "your name in the chat (default: your user's)"))),
          new Command(
              "token",
              "",
              0,
              "make a user and a token for trying things",
              with(
                  Option.value("scopes", "LIST", "chat, voip, ... (default chat,voip)"),
                  Option.value("user", "ID", "a token for this user instead of a new one"),
                  Option.value("minutes", "N", "its life, 60 to 1440 (default 1440)"),
                  RESOURCE)),
          new Command(
              "keys",
              "[show | rotate primary|secondary]",
              2,
              "show or rotate a resource's access keys",
              with(RESOURCE)),
          new Command(
              "resource",
              "list | create NAME | delete NAME",
              2,
              "list, make or delete resources",
              with()),
          new Command("backup", "FILE", 1, "copy all data into FILE, also while running", with()),
          new Command("restore", "FILE", 1, "fill a new data folder from a backup", with()),
          new Command("version", "", 0, "print the version", List.of(HELP)),
          new Command(
              "help", "[COMMAND | configuration]", 1, "explain a command or the keys", List.of()));

  /** Runs while the build makes the start cache; not for people, so not in the help. */
  static final Command TRAIN =
      new Command("train", "", 0, "start, answer a few calls and end", List.of(DATA, SET));

  private CommandTable() {}

  static Optional<Command> find(String name) {
    return java.util.stream.Stream.concat(COMMANDS.stream(), java.util.stream.Stream.of(TRAIN))
        .filter(command -> command.name().equals(name))
        .findFirst();
  }

  private static List<Option> with(Option... own) {
    return java.util.stream.Stream.concat(java.util.Arrays.stream(own), REACHING.stream()).toList();
  }
}
