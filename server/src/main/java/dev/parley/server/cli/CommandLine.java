package dev.parley.server.cli;

import dev.parley.server.config.Configuration;
import dev.parley.server.problem.Complaint;
import dev.parley.server.problem.Stopped;
import java.nio.file.Path;
import java.util.List;

/** Runs one command line and gives its exit code. */
public final class CommandLine {
  private final Console console;
  private final Servers servers;

  public CommandLine(Console console, Servers servers) {
    this.console = console;
    this.servers = servers;
  }

  /** Runs {@code words}; 0 when the command did its work, else {@link Complaint#exitCode}. */
  public int run(List<String> words) {
    try {
      Invocation invocation = Invocation.parse(words);
      if (invocation.value("--help").isPresent()) {
        console.out().print(HelpText.of(invocation.command()));
        return 0;
      }
      perform(invocation);
      return 0;
    } catch (Stopped stopped) {
      Complaint complaint = Complaint.about(stopped.problem());
      console.err().println("parley: " + complaint.message());
      console.err().println("  " + complaint.hint());
      return complaint.exitCode();
    }
  }

  private void perform(Invocation invocation) {
    switch (invocation.command().name()) {
      case "up" -> new UpCommand(console, servers).run(configuration(invocation));
      case "train" -> new TrainCommand(console, servers).run(configuration(invocation));
      case "chat" -> new ChatCommand(console, invocation).run(configuration(invocation));
      case "token" -> administer(invocation).token();
      case "keys" -> administer(invocation).keys();
      case "resource" -> administer(invocation).resource();
      case "backup" -> administer(invocation).backup();
      case "restore" -> restore(invocation);
      case "version" -> console.out().println("parley " + console.version());
      case "help" -> help(invocation);
      case String name -> throw new IllegalStateException("no file for command " + name);
    }
  }

  private AdministerCommands administer(Invocation invocation) {
    return new AdministerCommands(console, servers, invocation, configuration(invocation));
  }

  private Configuration configuration(Invocation invocation) {
    return Configuration.load(
        console.workingDirectory(),
        invocation.value("--config").map(Path::of),
        console.environment(),
        invocation.settings());
  }

  private void restore(Invocation invocation) {
    Path backup = console.workingDirectory().resolve(invocation.operand(0, "a backup FILE"));
    Configuration configuration = configuration(invocation);
    new RestoreCommand(console, servers).run(backup, configuration);
  }

  private void help(Invocation invocation) {
    String topic = invocation.operands().isEmpty() ? "" : invocation.operands().getFirst();
    console
        .out()
        .print(
            switch (topic) {
              case "" -> HelpText.overview();
              case "configuration" -> Configuration.reference();
              case String name -> HelpText.of(Invocation.parse(List.of(name)).command());
            });
  }
}
