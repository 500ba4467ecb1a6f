package dev.parley.kit.auth;

import dev.parley.kit.auth.HmacAuthorization.Malformed;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Verifies the access-key signature of ACS (HMAC-SHA256). What is signed is {@code
 * VERB\npathAndQuery\nvalue;value;value}, the values being those of the headers that {@code
 * SignedHeaders} names. Clients differ in how they write host and URL, so several candidates are
 * tried, the likeliest first, each made only when the one before did not fit.
 */
public final class HmacSignature {
  /** How far a client's clock may be off, either way; the border itself is accepted. */
  public static final Duration SKEW_MAX = Duration.ofMinutes(15);

  private static final String AUTHORIZATION = "authorization";
  private static final String CONTENT_HASH = "x-ms-content-sha256";
  private static final String MS_DATE = "x-ms-date";
  private static final String DATE = "date";
  private static final String HOST = "host";

  private final List<String> publicHosts;
  private final Duration skewMax;

  /**
   * Takes the host names under which clients see this server when a proxy stands before it, with
   * and without port as they may sign them; empty when the {@code Host} header is what they signed.
   */
  public HmacSignature(List<String> publicHosts, Duration skewMax) {
    this.publicHosts = List.copyOf(publicHosts);
    this.skewMax = skewMax;
  }

  public HmacSignature(List<String> publicHosts) {
    this(publicHosts, SKEW_MAX);
  }

  /** A header's value by its lower-case name, or null; the first one when it stands twice. */
  @FunctionalInterface
  public interface Headers {
    @Nullable String value(String lowerCaseName);
  }

  /**
   * A request as it stood on the wire.
   *
   * @param method in upper case
   * @param rawPath from the first slash up to the question mark, nothing decoded or collapsed
   * @param rawQuery what follows the question mark, or null without one
   * @param headers the headers; {@code host} gives the {@code :authority} of an HTTP/2 request
   * @param bodySha256 the hash of the body's bytes, of no bytes when there is no body
   */
  public record Request(
      String method,
      String rawPath,
      @Nullable String rawQuery,
      Headers headers,
      byte[] bodySha256) {

    @Override
    public String toString() {
      return method + " " + rawPath;
    }
  }

  /** What came of it. */
  public sealed interface Result {
    /**
     * Signed by the key at this place of the list given.
     *
     * @param keyIndex from 0
     */
    record Accepted(int keyIndex) implements Result {}
  }

  /** Why a request is refused; none of them tells anything about a key. */
  public sealed interface Refused extends Result {
    /** A header that the scheme needs is absent, or is not among the signed ones. */
    record MissingHeader(String name) implements Refused {}

    /** A header is there and cannot be read; {@code problem} quotes nothing of it. */
    record MalformedHeader(String name, String problem) implements Refused {}

    /** The body is not the one that was signed. */
    record BodyMismatch() implements Refused {}

    /** The date is further off than allowed; {@code by} is positive when the client is ahead. */
    record Skewed(Duration by) implements Refused {}

    /** No key given made this signature. */
    record SignatureMismatch() implements Refused {}
  }

  /** Whether the {@code Authorization} header is of this scheme at all. */
  public static boolean isOfScheme(String authorization) {
    return HmacAuthorization.isOfScheme(authorization);
  }

  /**
   * Checks form, date, body and last the signature, against each key in the order given.
   *
   * <p>The cost of a wrong signature is keys × hosts × three forms; bound the keys of a host.
   */
  public Result verify(Request request, List<HmacKey> keys, Instant now) {
    String header = request.headers.value(AUTHORIZATION);
    if (header == null) {
      return new Refused.MissingHeader("Authorization");
    }
    HmacAuthorization authorization;
    try {
      authorization = HmacAuthorization.parse(header);
    } catch (Malformed e) {
      return new Refused.MalformedHeader("Authorization", String.valueOf(e.getMessage()));
    }
    Refused refused = checkHeaders(request, authorization.signedHeaders(), now);
    return refused != null ? refused : checkSignature(request, authorization, keys);
  }

  private @Nullable Refused checkHeaders(Request request, List<String> signed, Instant now) {
    String dateName = signed.contains(MS_DATE) ? MS_DATE : DATE;
    for (String name : List.of(dateName, HOST, CONTENT_HASH)) {
      if (!signed.contains(name)) {
        return new Refused.MissingHeader(name.equals(DATE) ? MS_DATE : name);
      }
    }
    for (String name : signed) {
      if (request.headers.value(name) == null) {
        return new Refused.MissingHeader(name);
      }
    }
    Refused skewed = checkDate(dateName, value(request, dateName), now);
    return skewed != null ? skewed : checkBody(request);
  }

  private @Nullable Refused checkDate(String name, String value, Instant now) {
    Instant date = HttpDate.parse(value);
    if (date == null) {
      return new Refused.MalformedHeader(name, "not a date like Sun, 22 Nov 2026 16:37:20 GMT");
    }
    Duration by = Duration.between(now, date);
    return by.abs().compareTo(skewMax) > 0 ? new Refused.Skewed(by) : null;
  }

  private static @Nullable Refused checkBody(Request request) {
    byte[] actual = Base64.getEncoder().encode(request.bodySha256);
    byte[] claimed = value(request, CONTENT_HASH).getBytes(StandardCharsets.UTF_8);
    return MessageDigest.isEqual(actual, claimed) ? null : new Refused.BodyMismatch();
  }

  private Result checkSignature(
      Request request, HmacAuthorization authorization, List<HmacKey> keys) {
    List<String> hosts = hosts(value(request, HOST));
    for (SignedUrl form : SignedUrl.values()) {
      String url = form.of(request.rawPath, request.rawQuery);
      if (url == null) {
        continue;
      }
      for (String host : hosts) {
        byte[] message = stringToSign(request, url, host, authorization.signedHeaders());
        for (int i = 0; i < keys.size(); i++) {
          if (MessageDigest.isEqual(keys.get(i).sign(message), authorization.signature())) {
            return new Result.Accepted(i);
          }
        }
      }
    }
    return new Refused.SignatureMismatch();
  }

  /** Java signs the host without the port it sends; JavaScript and Python sign what they send. */
  private List<String> hosts(String sent) {
    int colon = sent.lastIndexOf(':');
    boolean hasPort = colon > 0 && colon > sent.lastIndexOf(']');
    List<String> hosts = new ArrayList<>(3 + publicHosts.size());
    hosts.add(sent);
    if (hasPort) {
      hosts.add(sent.substring(0, colon));
    }
    for (String host : publicHosts) {
      if (!hosts.contains(host)) {
        hosts.add(host);
      }
    }
    // Python signs what stands after the scheme of an endpoint, also when that ends in a slash.
    hosts.add(sent + "/");
    return hosts;
  }

  private static byte[] stringToSign(
      Request request, String url, String host, List<String> signedHeaders) {
    StringBuilder text = new StringBuilder(url.length() + host.length() + 128);
    text.append(request.method.toUpperCase(Locale.ROOT)).append('\n').append(url).append('\n');
    for (int i = 0; i < signedHeaders.size(); i++) {
      String name = signedHeaders.get(i);
      text.append(i == 0 ? "" : ";").append(name.equals(HOST) ? host : value(request, name));
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static String value(Request request, String name) {
    String value = request.headers.value(name);
    return value == null ? "" : value;
  }
}
