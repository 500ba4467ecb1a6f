package dev.parley.kit.tls;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the leaf by the name that the client asks for (RFC 6066 §3), the fallback for any other
 * name or none. Its content is replaced as a whole; a handshake that chose an alias just before
 * still finds it, because the aliases of the content before are kept for one more replacement.
 */
final class SniKeyManager extends X509ExtendedKeyManager {
  private volatile Content content;

  SniKeyManager(Leaf fallback, Map<String, Leaf> byName) {
    content = Content.first(fallback, byName);
  }

  /** From now on handshakes get these. Names in lower case. One caller at a time. */
  void replace(Leaf fallback, Map<String, Leaf> byName) {
    content = content.next(fallback, byName);
  }

  private record Content(
      long generation,
      Leaf fallback,
      Map<String, Leaf> byName,
      Map<String, Leaf> own,
      Map<String, Leaf> byAlias) {

    static Content first(Leaf fallback, Map<String, Leaf> byName) {
      Map<String, Leaf> own = aliases(0, fallback, byName);
      return new Content(0, fallback, Map.copyOf(byName), own, own);
    }

    Content next(Leaf newFallback, Map<String, Leaf> newByName) {
      Map<String, Leaf> newOwn = aliases(generation + 1, newFallback, newByName);
      Map<String, Leaf> both = new HashMap<>(own);
      both.putAll(newOwn);
      return new Content(
          generation + 1, newFallback, Map.copyOf(newByName), newOwn, Map.copyOf(both));
    }

    private static Map<String, Leaf> aliases(
        long generation, Leaf fallback, Map<String, Leaf> byName) {
      Map<String, Leaf> aliases = new HashMap<>();
      aliases.put(generation + ":", fallback);
      byName.forEach((name, leaf) -> aliases.put(generation + ":" + name, leaf));
      return Map.copyOf(aliases);
    }

    @Nullable String choose(String keyType, @Nullable SSLSession session) {
      String name = requestedName(session);
      Leaf named = byName.get(name);
      Leaf chosen = named == null ? fallback : named;
      return chosen.serves(keyType) ? generation + ":" + (named == null ? "" : name) : null;
    }
  }

  private static String requestedName(@Nullable SSLSession session) {
    if (session instanceof ExtendedSSLSession extended) {
      for (SNIServerName asked : extended.getRequestedServerNames()) {
        if (asked instanceof SNIHostName host) {
          return host.getAsciiName().toLowerCase(Locale.ROOT);
        }
      }
    }
    return "";
  }

  @Override
  public @Nullable String chooseEngineServerAlias(
      String keyType, Principal @Nullable [] issuers, SSLEngine engine) {
    return content.choose(keyType, engine.getHandshakeSession());
  }

  @Override
  public @Nullable String chooseServerAlias(
      String keyType, Principal @Nullable [] issuers, Socket socket) {
    SSLSession session = socket instanceof SSLSocket tls ? tls.getHandshakeSession() : null;
    return content.choose(keyType, session);
  }

  @Override
  public X509Certificate @Nullable [] getCertificateChain(String alias) {
    Leaf leaf = content.byAlias.get(alias);
    return leaf == null ? null : leaf.chain().toArray(X509Certificate[]::new);
  }

  @Override
  public @Nullable PrivateKey getPrivateKey(String alias) {
    Leaf leaf = content.byAlias.get(alias);
    return leaf == null ? null : leaf.key();
  }

  @Override
  public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
    List<String> aliases =
        content.own.entrySet().stream()
            .filter(entry -> entry.getValue().serves(keyType))
            .map(Map.Entry::getKey)
            .sorted()
            .toList();
    return aliases.isEmpty() ? null : aliases.toArray(String[]::new);
  }

  @Override
  public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
    return null;
  }

  @Override
  public @Nullable String chooseClientAlias(
      String[] keyTypes, Principal @Nullable [] issuers, Socket socket) {
    return null;
  }
}
