package dev.parley.services.relay;

import dev.parley.kit.base.Secret;
import java.util.List;

/**
 * The TURN servers that this installation offers.
 *
 * @param urls {@code turn:}, {@code turns:}, {@code stun:} or {@code stuns:} URLs as clients get
 *     them (RFC 7064, RFC 7065); at least one
 * @param secret what the servers share with us; coturn's {@code static-auth-secret}
 */
public record RelaySettings(List<String> urls, Secret<String> secret) {
  /** Throws {@link IllegalArgumentException} without a URL. */
  public RelaySettings {
    urls = List.copyOf(urls);
    if (urls.isEmpty()) {
      throw new IllegalArgumentException("a relay needs a URL");
    }
  }
}
