package dev.parley.kit.http;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The shape of an operation's path: literal segments, {@code {name}} segments, and the two action
 * forms of ACS, {@code /x/{id}/:verb} and {@code /x/{id}:verb}.
 *
 * @param text as written in the operation table
 * @param segments in order
 */
public record PathTemplate(String text, List<Segment> segments) {

  /** One segment: a literal, or a parameter with an optional {@code :verb} after it. */
  public sealed interface Segment {
    /** Must equal the decoded segment. */
    record Literal(String text) implements Segment {}

    /** Takes any non-empty segment; {@code verb} is empty or starts with a colon. */
    record Parameter(String name, String verb) implements Segment {}
  }

  /** Parses the notation of the operation table; throws {@link IllegalArgumentException}. */
  public static PathTemplate parse(String text) {
    if (!text.startsWith("/")) {
      throw new IllegalArgumentException("a path template starts with '/': " + text);
    }
    List<Segment> segments = new ArrayList<>();
    for (String part : text.substring(1).split("/", -1)) {
      segments.add(segment(part, text));
    }
    return new PathTemplate(text, List.copyOf(segments));
  }

  private static Segment segment(String part, String text) {
    if (!part.startsWith("{")) {
      return new Segment.Literal(part);
    }
    int close = part.indexOf('}');
    if (close < 2 || (close + 1 < part.length() && part.charAt(close + 1) != ':')) {
      throw new IllegalArgumentException("malformed parameter in path template: " + text);
    }
    return new Segment.Parameter(part.substring(1, close), part.substring(close + 1));
  }

  /**
   * Splits a raw path into its raw segments: leading slashes collapse into one (clients whose
   * endpoint ends in a slash send {@code //chat/…}), everything else stays as it came; dots mean
   * nothing.
   */
  public static List<String> rawSegments(String rawPath) {
    int start = 0;
    while (start < rawPath.length() && rawPath.charAt(start) == '/') {
      start++;
    }
    List<String> segments = new ArrayList<>();
    int from = start;
    for (int at = start; at < rawPath.length(); at++) {
      if (rawPath.charAt(at) == '/') {
        segments.add(rawPath.substring(from, at));
        from = at + 1;
      }
    }
    segments.add(rawPath.substring(from));
    return segments;
  }

  /**
   * Decodes {@code %XX} once, as UTF-8; a plus stays a plus. Null when an escape is malformed or
   * the bytes are not UTF-8.
   */
  public static @Nullable String decode(String raw) {
    return PercentCoding.decode(raw, false);
  }
}
