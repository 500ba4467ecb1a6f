package dev.parley.services.access;

import dev.parley.kit.auth.HmacKey;
import dev.parley.kit.auth.HmacSignature;
import dev.parley.kit.base.Clock;
import dev.parley.kit.http.BaseUrls;
import dev.parley.kit.http.Caller;
import dev.parley.kit.http.Denials;
import dev.parley.kit.http.Incoming;
import dev.parley.services.resources.AccessKey;
import dev.parley.services.resources.ResourceDirectory;
import dev.parley.services.resources.ResourceService;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the resource of a signed request: by its host name, and on the bare base host by the key
 * that made the signature, since the header names neither (compat §2.2).
 */
public final class SignedRequests {
  private static final Logger LOG = LoggerFactory.getLogger(SignedRequests.class);
  private static final int PREPARED_MAX = 50_000;

  private final ResourceService resources;
  private final BaseUrls baseUrls;
  private final HmacSignature signature;
  private final Clock clock;
  private final ConcurrentMap<AccessKey, HmacKey> prepared = new ConcurrentHashMap<>();

  public SignedRequests(ResourceService resources, BaseUrls baseUrls, Clock clock) {
    this.resources = resources;
    this.baseUrls = baseUrls;
    this.signature = new HmacSignature(List.of(baseUrls.hostAndPort(), baseUrls.host()));
    this.clock = clock;
  }

  private record Candidate(ResourceDirectory.Entry entry, AccessKey key) {}

  /** Checks the signature; throws 401 for every kind of wrong. */
  Caller check(Incoming incoming, byte[] body) {
    List<Candidate> candidates = candidates(incoming.host());
    HmacSignature.Request request =
        new HmacSignature.Request(
            incoming.method(),
            incoming.rawPath(),
            incoming.rawQuery(),
            name -> incoming.header().apply(name),
            sha256(body));
    List<HmacKey> keys = candidates.stream().map(one -> prepared(one.key())).toList();
    return switch (signature.verify(request, keys, clock.now())) {
      case HmacSignature.Result.Accepted accepted -> accept(candidates.get(accepted.keyIndex()));
      case HmacSignature.Refused refused -> throw refuse(incoming, refused);
    };
  }

  private Caller accept(Candidate candidate) {
    resources.keyUsed(candidate.entry().resource().id(), candidate.key().slot());
    return new Caller.KeyHolder(candidate.entry().resource().id());
  }

  /** The reason is for the operator; the client learns only that it was denied, as with ACS. */
  private static RuntimeException refuse(Incoming incoming, HmacSignature.Refused refused) {
    LOG.info("request {} denied: {}", incoming.requestId(), refused);
    return Denials.DENIED.exception();
  }

  private List<Candidate> candidates(String host) {
    Optional<ResourceDirectory.Entry> named = byHost(host);
    List<ResourceDirectory.Entry> entries =
        named.map(List::of).orElseGet(resources.directory()::all);
    List<Candidate> candidates = new ArrayList<>(2 * entries.size());
    for (ResourceDirectory.Entry entry : entries) {
      entry.keys().values().forEach(key -> candidates.add(new Candidate(entry, key)));
    }
    return candidates;
  }

  private Optional<ResourceDirectory.Entry> byHost(String hostHeader) {
    String host = BaseUrls.withoutPort(hostHeader).toLowerCase(Locale.ROOT);
    String suffix = "." + baseUrls.host();
    return host.endsWith(suffix)
        ? resources.directory().byName(host.substring(0, host.length() - suffix.length()))
        : Optional.empty();
  }

  private HmacKey prepared(AccessKey key) {
    if (prepared.size() > PREPARED_MAX) {
      prepared.clear();
    }
    return prepared.computeIfAbsent(key, one -> new HmacKey(one.secret().reveal()));
  }

  private static byte[] sha256(byte[] body) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(body);
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException(missing);
    }
  }
}
