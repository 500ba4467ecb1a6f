package dev.parley.server.cli;

import dev.parley.server.config.Nearest;
import dev.parley.server.problem.Problem;
import dev.parley.server.problem.Stopped;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A command line, taken apart and checked against the table.
 *
 * @param command what to do
 * @param operands its operands in order
 * @param values its own options by name; switches have the value {@code true}
 * @param settings configuration by key, from options and {@code --set}
 */
record Invocation(
    Command command,
    List<String> operands,
    Map<String, String> values,
    Map<String, String> settings) {

  /**
   * Takes the words apart. Options may stand before and after operands, as {@code --port 1} or
   * {@code --port=1}; {@code --} ends them.
   *
   * @throws Stopped with {@link Problem.WrongUsage} for what the table does not have
   */
  static Invocation parse(List<String> words) {
    String first = words.isEmpty() ? "--help" : words.getFirst();
    List<String> rest = words.isEmpty() ? List.of() : words.subList(1, words.size());
    return switch (first) {
      case "--help", "-h" -> new Parser("help").parse(List.of());
      case "--version" -> new Parser("version").parse(List.of());
      case String name -> new Parser(name).parse(rest);
    };
  }

  Optional<String> value(String option) {
    return Optional.ofNullable(values.get(option));
  }

  /** The operand at {@code index}, or a complaint that names what is missing. */
  String operand(int index, String what) {
    if (index >= operands.size()) {
      throw wrong("'" + command.name() + "' needs " + what + ": parley " + command.synopsis());
    }
    return operands.get(index);
  }

  static Stopped wrong(String message) {
    return new Stopped(new Problem.WrongUsage(message, Optional.empty()));
  }

  /** Reads the words of one command; used once. */
  private static final class Parser {
    private final Command command;
    private final List<String> operands = new ArrayList<>();
    private final Map<String, String> values = new LinkedHashMap<>();
    private final Map<String, String> settings = new LinkedHashMap<>();

    Parser(String name) {
      this.command = CommandTable.find(name).orElseThrow(() -> unknownCommand(name));
    }

    Invocation parse(List<String> words) {
      boolean optionsOver = false;
      for (int index = 0; index < words.size(); index++) {
        String word = words.get(index);
        if (optionsOver || !word.startsWith("-") || word.equals("-")) {
          operand(word);
        } else if (word.equals("--")) {
          optionsOver = true;
        } else if (option(word, index + 1 < words.size() ? words.get(index + 1) : null)) {
          index++;
        }
      }
      return new Invocation(
          command, List.copyOf(operands), Map.copyOf(values), Map.copyOf(settings));
    }

    private void operand(String word) {
      if (operands.size() == command.operandsMost()) {
        throw wrong("'" + command.name() + "' takes no '" + word + "'");
      }
      operands.add(word);
    }

    /** Takes one option; true when it used up {@code next} as its value. */
    private boolean option(String word, @org.jspecify.annotations.Nullable String next) {
      int equals = word.indexOf('=');
      String name = word.equals("-h") ? "--help" : equals < 0 ? word : word.substring(0, equals);
      Option option = command.option(name).orElseThrow(() -> unknownOption(name));
      if (option.isSwitch()) {
        if (equals >= 0) {
          throw wrong("option " + name + " takes no value");
        }
        take(option, "true");
        return false;
      }
      if (equals >= 0) {
        take(option, word.substring(equals + 1));
        return false;
      }
      if (next == null) {
        throw wrong("option " + name + " needs a value: " + option.synopsis());
      }
      take(option, next);
      return true;
    }

    private void take(Option option, String value) {
      if (option.name().equals("--set")) {
        int equals = value.indexOf('=');
        if (equals < 1) {
          throw wrong("--set takes KEY=VALUE, not '" + value + "'");
        }
        once(settings, value.substring(0, equals), value.substring(equals + 1));
      } else if (option.key().isEmpty()) {
        once(values, option.name(), value);
      } else {
        once(settings, option.key(), value);
      }
    }

    private static void once(Map<String, String> taken, String name, String value) {
      if (taken.putIfAbsent(name, value) != null) {
        throw wrong("'" + name + "' is given twice");
      }
    }

    private Stopped unknownOption(String name) {
      List<String> names = command.options().stream().map(Option::name).toList();
      return new Stopped(
          new Problem.WrongUsage(
              "'" + command.name() + "' has no option " + name, Nearest.to(name, names)));
    }

    private static Stopped unknownCommand(String name) {
      List<String> names = CommandTable.COMMANDS.stream().map(Command::name).toList();
      String what = name.startsWith("-") ? "option " : "command ";
      return new Stopped(
          new Problem.WrongUsage(
              "there is no " + what + "'" + name + "'", Nearest.to(name, names)));
    }
  }
}
