package dev.parley.server.config;

import dev.parley.kit.base.Secret;
import dev.parley.server.problem.Problem;
import dev.parley.server.problem.Stopped;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Values by key, each with where it comes from, read by type. It remembers which keys were read, so
 * that a test can compare them with the reference file. Used by one thread.
 */
public final class Settings {
  private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");
  private static final Pattern SIZE = Pattern.compile("(\\d{1,9})(B|KiB|MiB|GiB)");

  private final Map<String, Sourced> values;
  private final Set<String> read = new HashSet<>();

  /**
   * @param values the value that counts for each key of the reference file, and no other
   */
  Settings(Map<String, Sourced> values) {
    this.values = Map.copyOf(values);
  }

  /** A value as written, and where: {@code parley.properties line 3}, {@code PARLEY_PORT}. */
  public record Sourced(String text, String origin) {}

  /** The text; may be empty. */
  public String text(String key) {
    return sourced(key).text();
  }

  /** The text, or nothing when it is empty. */
  public Optional<String> optional(String key) {
    return Optional.of(text(key)).filter(text -> !text.isEmpty());
  }

  /** A path, or nothing when it is empty. */
  public Optional<Path> path(String key) {
    return optional(key).map(text -> parsed(key, "a path", _ -> Path.of(text)));
  }

  /** A secret, or nothing when it is empty. */
  public Optional<Secret<String>> secret(String key) {
    return optional(key).map(Secret::of);
  }

  /** {@code true} or {@code false}. */
  public boolean flag(String key) {
    return switch (text(key)) {
      case "true" -> true;
      case "false" -> false;
      case String _ -> throw wrong(key, "true or false");
    };
  }

  /** A whole number from {@code least} to {@code most}. */
  public int number(String key, int least, int most) {
    String expected = "a whole number from " + least + " to " + most;
    int number = parsed(key, expected, Integer::parseInt);
    if (number < least || number > most) {
      throw wrong(key, expected);
    }
    return number;
  }

  /** A duration such as {@code 100s} or {@code 15m}. */
  public Duration duration(String key) {
    Matcher matcher = matched(key, DURATION, "a duration such as 500ms, 30s, 15m, 12h or 7d");
    long amount = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "ms" -> Duration.ofMillis(amount);
      case "s" -> Duration.ofSeconds(amount);
      case "m" -> Duration.ofMinutes(amount);
      case "h" -> Duration.ofHours(amount);
      case String _ -> Duration.ofDays(amount);
    };
  }

  /** A size in bytes such as {@code 64KiB}. */
  public long bytes(String key) {
    Matcher matcher = matched(key, SIZE, "a size such as 512B, 64KiB, 8MiB or 2GiB");
    long amount = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "B" -> amount;
      case "KiB" -> amount << 10;
      case "MiB" -> amount << 20;
      case String _ -> amount << 30;
    };
  }

  /** One of the constants of an enum, written in small letters. */
  public <E extends Enum<E>> E choice(String key, Class<E> type) {
    List<String> names =
        List.of(type.getEnumConstants()).stream()
            .map(constant -> constant.name().toLowerCase(java.util.Locale.ROOT))
            .toList();
    int index = names.indexOf(text(key));
    if (index < 0) {
      throw wrong(key, "one of " + String.join(", ", names));
    }
    return type.getEnumConstants()[index];
  }

  /** The problem of a value that its key cannot take. */
  public Stopped wrong(String key, String expected) {
    return new Stopped(new Problem.WrongValue(key, sourced(key).origin(), expected));
  }

  /** The keys of the reference file that nothing has read so far. */
  Set<String> unread() {
    Set<String> unread = new TreeSet<>(values.keySet());
    unread.removeAll(read);
    return unread;
  }

  private Sourced sourced(String key) {
    read.add(key);
    Sourced sourced = values.get(key);
    if (sourced == null) {
      throw new IllegalStateException("key " + key + " is not in the reference file");
    }
    return sourced;
  }

  private Matcher matched(String key, Pattern pattern, String expected) {
    Matcher matcher = pattern.matcher(text(key));
    if (!matcher.matches()) {
      throw wrong(key, expected);
    }
    return matcher;
  }

  private <T> T parsed(String key, String expected, Function<String, T> parser) {
    try {
      return parser.apply(text(key));
    } catch (IllegalArgumentException notOne) {
      throw wrong(key, expected);
    }
  }
}
