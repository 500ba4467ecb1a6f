package dev.parley.server.cli;

import java.util.List;
import java.util.Optional;

/**
 * A command of the table.
 *
 * @param name as typed
 * @param operands their form in the help, for example {@code create|list|delete [NAME]}
 * @param operandsMost how many operands it takes at most
 * @param help one line
 * @param options what it takes
 */
record Command(String name, String operands, int operandsMost, String help, List<Option> options) {

  Optional<Option> option(String typed) {
    return options.stream().filter(option -> option.name().equals(typed)).findFirst();
  }

  String synopsis() {
    return operands.isEmpty() ? name : name + " " + operands;
  }
}
