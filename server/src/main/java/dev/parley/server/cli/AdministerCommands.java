package dev.parley.server.cli;

import dev.parley.server.config.Configuration;
import dev.parley.server.folder.DataFolder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * The commands that ask a running server, or the data folder itself when none runs: {@code token},
 * {@code keys}, {@code resource}, {@code backup}.
 */
final class AdministerCommands {
  private final Console console;
  private final Servers servers;
  private final Invocation invocation;
  private final Configuration configuration;

  AdministerCommands(
      Console console, Servers servers, Invocation invocation, Configuration configuration) {
    this.console = console;
    this.servers = servers;
    this.invocation = invocation;
    this.configuration = configuration;
  }

  void token() {
    List<String> scopes =
        Arrays.stream(invocation.value("--scopes").orElse("chat,voip").split(","))
            .map(String::strip)
            .filter(scope -> !scope.isEmpty())
            .toList();
    var request =
        new Administration.TokenRequest(
            resourceName(), invocation.value("--user"), scopes, minutes());
    with(administration -> {
      Administration.IssuedToken issued = administration.issueToken(request);
      console.out().println("User     " + issued.userId());
      console.out().println("Expires  " + issued.expiresOn());
      console.out().println("Token    " + issued.token());
    });
  }

  void keys() {
    String verb = invocation.operands().isEmpty() ? "show" : invocation.operands().getFirst();
    switch (verb) {
      case "show" ->
          with(administration -> administration.keys(resourceName()).forEach(this::print));
      case "rotate" -> {
        String key = invocation.operand(1, "primary or secondary");
        if (!List.of("primary", "secondary").contains(key)) {
          throw Invocation.wrong("a resource has a primary and a secondary key, no '" + key + "'");
        }
        with(administration -> print(administration.rotateKey(resourceName(), key)));
      }
      case String other ->
          throw Invocation.wrong("'keys' takes show or rotate, not '" + other + "'");
    }
  }

  void resource() {
    switch (invocation.operand(0, "list, create or delete")) {
      case "list" -> with(administration -> administration.resources().forEach(this::print));
      case "create" -> {
        String name = invocation.operand(1, "a NAME");
        with(administration -> {
          print(administration.createResource(name));
          administration.keys(name).forEach(this::print);
        });
      }
      case "delete" -> {
        String name = invocation.operand(1, "a NAME");
        with(administration -> administration.deleteResource(name));
        console.out().println("Deleted " + name);
      }
      case String other ->
          throw Invocation.wrong("'resource' takes list, create or delete, not '" + other + "'");
    }
  }

  void backup() {
    Path file = console.workingDirectory().resolve(invocation.operand(0, "a FILE"));
    with(administration -> administration.backup(file));
    console.out().println("Wrote " + file);
    console
        .out()
        .println(
            "Its secrets open only with "
                + configuration.data().resolve("master.key")
                + ": keep a copy of that, apart from the backup.");
  }

  /** Asks the server that holds the folder; takes the folder itself when none does. */
  private void with(Consumer<Administration> task) {
    Path data = configuration.data();
    if (DataFolder.isHeld(data)) {
      try (Administration remote = new RunningAdministration(DataFolder.running(data))) {
        task.accept(remote);
      }
      return;
    }
    try (DataFolder folder = DataFolder.openExisting(data);
        Administration local = servers.open(configuration, folder)) {
      task.accept(local);
    } catch (RuntimeException failed) {
      throw StartProblems.of(failed, configuration);
    }
  }

  private String resourceName() {
    return invocation.value("--resource").orElse("");
  }

  /** The bounds are the service's; here only what is no number at all is refused. */
  private int minutes() {
    String text = invocation.value("--minutes").orElse("1440");
    if (!text.matches("[0-9]{1,6}")) {
      throw Invocation.wrong("--minutes takes a whole number, not '" + text + "'");
    }
    return Integer.parseInt(text);
  }

  private void print(Administration.ResourceView view) {
    console.out().println(view.name() + (view.isDefault() ? " (default)" : ""));
    console.out().println("  Id                 " + view.id());
    console.out().println("  Endpoint           " + view.endpoint());
  }

  private void print(Administration.KeyView view) {
    console.out().println("Key " + view.name());
    console.out().println("  Connection string  " + view.connectionString());
    console.out().println("  Made               " + view.createdOn());
    console.out().println("  Last used          " + view.lastUsedOn().orElse("never"));
  }
}
