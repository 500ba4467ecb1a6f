package dev.parley.server.cli;

import java.util.stream.Collectors;

/** The help, made from the table. */
final class HelpText {
  private HelpText() {}

  static String overview() {
    String commands =
        CommandTable.COMMANDS.stream()
            .map(command -> row(command.name(), command.help()))
            .collect(Collectors.joining());
    return """
    Parley: a communications platform that speaks the wire API of Azure Communication Services.

    Usage: parley COMMAND [OPTIONS]

    %s
    Start here:
      parley up                     start on https://localhost:8443 with data in ./.parley
      parley token                  a user and a token for trying things
      . .parley/connection.env      the connection string, for scripts
      parley help up                the options of a command
      parley help configuration     every configuration key with its default
    """
        .formatted(commands);
  }

  static String of(Command command) {
    String options =
        command.options().stream()
            .map(option -> row(option.synopsis(), option.help()))
            .collect(Collectors.joining());
    return "parley "
        + command.synopsis()
        + ": "
        + command.help()
        + "\n"
        + (options.isEmpty() ? "" : "\nOptions:\n" + options);
  }

  private static String row(String left, String right) {
    return "  %-22s %s%n".formatted(left, right);
  }
}
