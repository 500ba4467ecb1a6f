package dev.parley.services.chat.wire;

import dev.parley.kit.http.Exchange;
import dev.parley.kit.http.Paging;
import dev.parley.kit.http.Problem;
import dev.parley.services.chat.ChatLimits;
import dev.parley.services.chat.wire.ChatBodies.Page;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;

/** The paging parameters of chat: {@code maxPageSize}, {@code skip}, {@code startTime}. */
final class Pages {
  private Pages() {}

  static int size(Exchange exchange, int otherwise, int max) {
    return Math.min(exchange.query().number("maxPageSize", otherwise, 1, Integer.MAX_VALUE), max);
  }

  /** The parameter {@code startTime}, or the beginning of time. */
  static Instant startTime(Exchange exchange) {
    String text = exchange.query().get("startTime");
    if (text == null || text.isEmpty()) {
      return Instant.EPOCH;
    }
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException malformed) {
      throw Problem.badRequest("startTime must be a time of RFC 3339.", "startTime").exception();
    }
  }

  /**
   * A page of a list that is read by skipping.
   *
   * @param load loads so many items after so many
   */
  static <T, B> Page<B> bySkip(
      Exchange exchange, BiFunction<Integer, Integer, List<T>> load, Function<T, B> body) {
    int size = size(exchange, ChatLimits.PAGE_DEFAULT, ChatLimits.PAGE_MAX);
    int skip = exchange.query().number("skip", 0, 0, Integer.MAX_VALUE - ChatLimits.PAGE_MAX - 1);
    List<T> items = load.apply(skip, size + 1);
    String next =
        items.size() <= size
            ? null
            : Paging.nextLink(
                exchange,
                Map.of(
                    "maxPageSize", Integer.toString(size), "skip", Integer.toString(skip + size)));
    return new Page<>(items.stream().limit(size).map(body).toList(), next);
  }
}
