package dev.parley.server;

import dev.parley.kit.http.Answer;
import dev.parley.kit.http.Exchange;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A file that is packed into the program, answered with an {@code ETag} of its content. Clients may
 * keep it but ask each time whether it is still the same, so that a new Parley is never met with an
 * old file. Read when first asked for, then kept: the largest is some hundred KiB.
 */
final class StaticFile {
  private static final int TAG_BYTES = 12;

  private final String resource;
  private final String contentType;
  private @Nullable Content content;

  /**
   * @param resource its absolute name on the class path
   * @param contentType as the answer says it
   */
  StaticFile(String resource, String contentType) {
    this.resource = resource;
    this.contentType = contentType;
  }

  private record Content(byte[] bytes, String tag) {}

  /** 200 with the bytes, 304 when the client has them already, or empty when they are not there. */
  Optional<Answer> answer(Exchange exchange) {
    return content().map(found -> answer(found, exchange.header("If-None-Match")));
  }

  private Answer answer(Content found, @Nullable String known) {
    Answer answer =
        known != null && names(known, found.tag)
            ? Answer.empty(304)
            : new Answer(200, java.util.Map.of(), contentType, found.bytes);
    return answer.with("ETag", found.tag).with("Cache-Control", "no-cache");
  }

  /** RFC 9110 §13.1.2: any of a list, compared weakly. */
  private static boolean names(String list, String tag) {
    return Arrays.stream(list.split(",", -1))
        .map(String::strip)
        .map(each -> each.startsWith("W/") ? each.substring(2) : each)
        .anyMatch(each -> each.equals("*") || each.equals(tag));
  }

  private synchronized Optional<Content> content() {
    if (content == null) {
      content = read();
    }
    return Optional.ofNullable(content);
  }

  private @Nullable Content read() {
    try (InputStream in = StaticFile.class.getResourceAsStream(resource)) {
      if (in == null) {
        return null;
      }
      byte[] bytes = in.readAllBytes();
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
      String tag =
          Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(hash, TAG_BYTES));
      return new Content(bytes, '"' + tag + '"');
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
