package dev.parley.kit.http;

import dev.parley.kit.http.PathTemplate.Segment;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Finds the operation of a raw path. It is a tree of segments; a literal wins over a parameter with
 * a verb, and that over a plain parameter; a place that has the method wins over one that has only
 * others. Built once, then only read.
 */
public final class Router {
  private final Node root = new Node();

  /** What a method and path lead to. */
  public sealed interface Match {
    /** An operation, with its path parameters decoded once. */
    record Found(Operation operation, Map<String, String> parameters) implements Match {}

    /** The path exists, but not with this method; {@code allowed} is never empty. */
    record WrongMethod(Set<String> allowed) implements Match {}

    /** Nothing is at that path. */
    record NoPath() implements Match {}
  }

  /** Adds an operation; throws {@link IllegalStateException} when another has the same place. */
  public void add(Operation operation) {
    Node node = root;
    for (Segment segment : operation.path().segments()) {
      node = node.child(segment);
    }
    Operation other = node.operations.putIfAbsent(operation.method(), operation);
    if (other != null) {
      throw new IllegalStateException(
          "two operations at " + operation.method() + " " + operation.path().text());
    }
  }

  /** Finds what is at {@code rawPath}, as it came on the wire, without its query. */
  public Match find(String method, String rawPath) {
    List<String> values = new ArrayList<>(4);
    List<String> segments = PathTemplate.rawSegments(rawPath);
    Node node = root.find(segments, 0, values, there -> there.operations.containsKey(method));
    if (node != null) {
      Operation operation = Objects.requireNonNull(node.operations.get(method));
      return new Match.Found(operation, named(operation.path(), values));
    }
    Node other = root.find(segments, 0, values, there -> !there.operations.isEmpty());
    return other == null
        ? new Match.NoPath()
        : new Match.WrongMethod(Collections.unmodifiableSet(other.operations.keySet()));
  }

  private static Map<String, String> named(PathTemplate path, List<String> values) {
    Map<String, String> parameters = new HashMap<>();
    int next = 0;
    for (Segment segment : path.segments()) {
      if (segment instanceof Segment.Parameter parameter) {
        parameters.put(parameter.name(), values.get(next++));
      }
    }
    return parameters;
  }

  /** A place in the tree. */
  private static final class Node {
    private final Map<String, Node> literals = new HashMap<>();
    private final Map<String, Node> verbs = new HashMap<>();
    private @Nullable Node parameter;
    private final Map<String, Operation> operations = new TreeMap<>();

    Node child(Segment segment) {
      return switch (segment) {
        case Segment.Literal literal ->
            literals.computeIfAbsent(literal.text(), text -> new Node());
        case Segment.Parameter named when named.verb().isEmpty() -> plainParameter();
        case Segment.Parameter named -> verbs.computeIfAbsent(named.verb(), verb -> new Node());
      };
    }

    private Node plainParameter() {
      if (parameter == null) {
        parameter = new Node();
      }
      return parameter;
    }

    @Nullable Node find(
        List<String> segments, int at, List<String> values, Predicate<Node> wanted) {
      if (at == segments.size()) {
        return wanted.test(this) ? this : null;
      }
      String raw = segments.get(at);
      String decoded = PathTemplate.decode(raw);
      if (decoded == null) {
        return null;
      }
      Node literal = literals.get(decoded);
      Node found = literal == null ? null : literal.find(segments, at + 1, values, wanted);
      if (found == null && !verbs.isEmpty()) {
        found = findVerb(raw, segments, at, values, wanted);
      }
      if (found == null && parameter != null && !decoded.isEmpty()) {
        found = parameter.take(decoded, segments, at, values, wanted);
      }
      return found;
    }

    /** The verb is split off the raw segment first, so that an id may hold encoded colons. */
    private @Nullable Node findVerb(
        String raw, List<String> segments, int at, List<String> values, Predicate<Node> wanted) {
      int colon = raw.lastIndexOf(':');
      Node verb = colon < 1 ? null : verbs.get(raw.substring(colon));
      String value = verb == null ? null : PathTemplate.decode(raw.substring(0, colon));
      return verb == null || value == null ? null : verb.take(value, segments, at, values, wanted);
    }

    private @Nullable Node take(
        String value, List<String> segments, int at, List<String> values, Predicate<Node> wanted) {
      values.add(value);
      Node found = find(segments, at + 1, values, wanted);
      if (found == null) {
        values.removeLast();
      }
      return found;
    }
  }
}
