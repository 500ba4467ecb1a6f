package dev.parley.server.cli;

/**
 * An option of a command.
 *
 * @param name as typed, with its dashes
 * @param placeholder the value's name in the help; empty for a switch
 * @param help one line
 * @param key the configuration key that it sets; empty when it sets none
 */
record Option(String name, String placeholder, String help, String key) {

  /** An option with a value that sets a configuration key of the same name. */
  static Option setting(String key, String placeholder, String help) {
    return new Option("--" + key, placeholder, help, key);
  }

  /** An option with a value for the command itself. */
  static Option value(String name, String placeholder, String help) {
    return new Option("--" + name, placeholder, help, "");
  }

  boolean isSwitch() {
    return placeholder.isEmpty();
  }

  String synopsis() {
    return isSwitch() ? name : name + " " + placeholder;
  }
}
