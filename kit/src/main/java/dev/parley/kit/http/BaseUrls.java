package dev.parley.kit.http;

import java.net.URI;
import java.util.Locale;
import java.util.function.Predicate;

/**
 * Builds the public URL under which a request's absolute links live: the configured one, or that of
 * the resource whose host name the request came by. Never taken from the Host header alone, whose
 * port Java's clients leave out (compat §2.2).
 */
public final class BaseUrls {
  private final URI publicUrl;
  private final Predicate<String> isResourceHost;

  /**
   * @param publicUrl {@code https://host[:port]}, no path
   * @param isResourceHost whether a host name without port is one of {@code <resource>.<base host>}
   */
  public BaseUrls(URI publicUrl, Predicate<String> isResourceHost) {
    this.publicUrl = publicUrl;
    this.isResourceHost = isResourceHost;
  }

  /** The base URL for a request with this Host header; no trailing slash. */
  public String of(String hostHeader) {
    String name = withoutPort(hostHeader).toLowerCase(Locale.ROOT);
    return name.isEmpty() || !isResourceHost.test(name) ? base(publicUrl.getHost()) : base(name);
  }

  /** The configured base URL; no trailing slash. */
  public String base() {
    return base(publicUrl.getHost());
  }

  /** The base URL of {@code host} on the public port; no trailing slash. */
  public String base(String host) {
    int port = publicUrl.getPort();
    return "https://" + host + (port < 0 || port == 443 ? "" : ":" + port);
  }

  /** The configured host name. */
  public String host() {
    return publicUrl.getHost();
  }

  /** The configured host with its port, as a client sends it. */
  public String hostAndPort() {
    return base().substring("https://".length());
  }

  /** The host name of a Host header. */
  public static String withoutPort(String host) {
    int colon = host.lastIndexOf(':');
    return colon < 0 || host.endsWith("]") ? host : host.substring(0, colon);
  }
}
