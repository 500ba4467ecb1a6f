package dev.parley.kit.tls;

import dev.parley.kit.base.AtomicFile;
import dev.parley.kit.base.Ids;
import dev.parley.kit.base.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import javax.net.ssl.X509ExtendedKeyManager;

/**
 * The certificate authority of a development server: opened from its folder or made there at the
 * first start. It serves one leaf for {@code localhost}, {@code 127.0.0.1}, {@code ::1} and the
 * names asked for, and one further leaf for each exact name given to {@link #certify}.
 *
 * <pre>
 * authority.pem        the authority's key and certificate   0600
 * ca.pem               the certificate, for clients          0644
 * truststore.p12       public roots and it, for Java         0644
 * leaves/NAME.pem      a leaf's key and chain                0600
 * </pre>
 *
 * One server owns the folder (it holds the data folder's lock). Thread-safe.
 */
public final class DevelopmentAuthority implements ServerCertificates {
  /** What stands in every default leaf. */
  public static final List<String> LOCAL_NAMES = List.of("localhost", "127.0.0.1", "::1");

  /** A certificate with less than this left is made anew. */
  public static final Duration RENEWED_BEFORE = Duration.ofDays(30);

  private static final String DEFAULT_LEAF = "_default";

  private final Settings settings;
  private final CertificateSource source;
  private final Truststore truststore;
  private final Map<String, Leaf> byName = new TreeMap<>();
  private final SniKeyManager keyManager;
  private Leaf authority;
  private Leaf fallback;

  private DevelopmentAuthority(Settings settings, Ids ids, Instant now) {
    this.settings = settings;
    this.source = () -> new CertificateMint(ids);
    this.truststore =
        new Truststore(settings.folder.resolve("truststore.p12"), settings.truststorePassword);
    this.authority = openAuthority(now);
    publish();
    this.fallback = openLeaf(DEFAULT_LEAF, defaultNames(), now);
    this.keyManager = new SniKeyManager(fallback, Map.of());
  }

  /**
   * Where the authority lives and what its default leaf names.
   *
   * @param folder made when absent
   * @param truststorePassword of {@code truststore.p12}; it guards nothing secret
   * @param names host names or addresses beside {@link #LOCAL_NAMES}
   */
  public record Settings(Path folder, Secret<String> truststorePassword, Collection<String> names) {
    public Settings {
      names = List.copyOf(names);
    }
  }

  /**
   * Opens the folder's authority, or makes one.
   *
   * @throws CertificateUnusable when the folder cannot be written, the authority in it is damaged
   *     (a damaged leaf is only made anew), or a name is none
   */
  public static DevelopmentAuthority open(Settings settings, Ids ids, Instant now) {
    return new DevelopmentAuthority(settings, ids, now);
  }

  @Override
  public X509ExtendedKeyManager keyManager() {
    return keyManager;
  }

  /** The authority's certificate, which a client must trust. */
  public synchronized X509Certificate certificate() {
    return authority.certificate();
  }

  /** The file with {@link #certificate()} for Node, Python, curl and browsers. */
  public Path caPem() {
    return settings.folder.resolve("ca.pem");
  }

  /** The file for {@code -Djavax.net.ssl.trustStore}. */
  public Path truststore() {
    return truststore.file();
  }

  /**
   * Serves a leaf with exactly this name to clients that ask for it by SNI, from now on and without
   * a restart. Call it at start for every known name; a second call is without effect.
   *
   * @throws CertificateUnusable when {@code name} is no host name
   */
  public synchronized void certify(String name, Instant now) {
    certifyAll(List.of(name), now);
  }

  /** As {@link #certify}, for many names at once. */
  public synchronized void certifyAll(Collection<String> names, Instant now) {
    boolean changed = false;
    for (String name : names) {
      CertificateName parsed = CertificateName.parse(name);
      if (!byName.containsKey(parsed.text())) {
        byName.put(parsed.text(), openLeaf(parsed.text(), Set.of(parsed), now));
        changed = true;
      }
    }
    if (changed) {
      keyManager.replace(fallback, byName);
    }
  }

  /** As {@link #certifyAll}, and forgets every other name that was certified in this run. */
  public synchronized void certifyOnly(Collection<String> names, Instant now) {
    certifyAll(names, now);
    Set<String> wanted = new HashSet<>();
    names.forEach(name -> wanted.add(CertificateName.parse(name).text()));
    List.copyOf(byName.keySet()).stream()
        .filter(name -> !wanted.contains(name))
        .forEach(this::forget);
  }

  /** Ends serving a name and deletes its key: its resource is gone. */
  public synchronized void forget(String name) {
    String text = CertificateName.parse(name).text();
    if (byName.remove(text) != null) {
      keyManager.replace(fallback, byName);
    }
    try {
      Files.deleteIfExists(leafFile(text));
    } catch (IOException e) {
      throw PemFiles.unwritable(leafFile(text), e);
    }
  }

  /**
   * Makes anew whatever has less than {@link #RENEWED_BEFORE} left; once a day is often enough.
   *
   * @return whether anything was renewed
   */
  public synchronized boolean renewIfDue(Instant now) {
    boolean newAuthority = isDue(authority, now);
    if (newAuthority) {
      authority = openAuthority(now);
      publish();
    }
    boolean due =
        newAuthority
            || isDue(fallback, now)
            || byName.values().stream().anyMatch(leaf -> isDue(leaf, now));
    if (due) {
      fallback = openLeaf(DEFAULT_LEAF, defaultNames(), now);
      byName.replaceAll((name, leaf) -> openLeaf(name, Set.of(CertificateName.parse(name)), now));
      keyManager.replace(fallback, byName);
    }
    return due;
  }

  private Leaf openAuthority(Instant now) {
    Path file = settings.folder.resolve("authority.pem");
    if (Files.exists(file)) {
      Leaf found = PemFiles.readLeaf(file);
      if (!isDue(found, now)) {
        return found;
      }
    }
    Leaf made = source.mint().authority(now);
    PemFiles.write(file, made);
    return made;
  }

  private Leaf openLeaf(String name, Set<CertificateName> names, Instant now) {
    Path file = leafFile(name);
    if (Files.exists(file)) {
      try {
        Leaf found = PemFiles.readLeaf(file);
        if (isUsable(found, names, now)) {
          return found;
        }
      } catch (CertificateUnusable e) {
        // A leaf is worth nothing by itself: the same names are certified anew just below.
        if (e.reason() == CertificateUnusable.Reason.UNREADABLE) {
          throw e;
        }
      }
    }
    Leaf made = source.mint().leaf(authority, names, now);
    PemFiles.write(file, made);
    return made;
  }

  private boolean isUsable(Leaf leaf, Set<CertificateName> names, Instant now) {
    return !isDue(leaf, now)
        && !now.isBefore(leaf.certificate().getNotBefore().toInstant())
        && leaf.chain().size() == 2
        && leaf.chain().getLast().equals(authority.certificate())
        && namesOf(leaf.certificate()).equals(names);
  }

  private static boolean isDue(Leaf leaf, Instant now) {
    return !now.isBefore(leaf.notAfter().minus(RENEWED_BEFORE));
  }

  private static Set<CertificateName> namesOf(X509Certificate certificate) {
    Set<CertificateName> names = new HashSet<>();
    try {
      Collection<List<?>> alternatives = certificate.getSubjectAlternativeNames();
      for (List<?> alternative : alternatives == null ? List.<List<?>>of() : alternatives) {
        names.add(CertificateName.parse(String.valueOf(alternative.get(1))));
      }
      return names;
    } catch (CertificateParsingException | CertificateUnusable e) {
      return Set.of();
    }
  }

  private Set<CertificateName> defaultNames() {
    Set<CertificateName> names = new LinkedHashSet<>();
    LOCAL_NAMES.forEach(name -> names.add(CertificateName.parse(name)));
    settings.names.forEach(name -> names.add(CertificateName.parse(name)));
    return names;
  }

  /** The clients' files follow from the authority and are put right at every start. */
  private void publish() {
    byte[] pem = Pem.write(authority.certificate()).getBytes(StandardCharsets.US_ASCII);
    try {
      if (!Files.exists(caPem()) || !java.util.Arrays.equals(pem, Files.readAllBytes(caPem()))) {
        AtomicFile.writePublic(caPem(), pem);
      }
    } catch (IOException e) {
      throw PemFiles.unwritable(caPem(), e);
    }
    truststore.ensure(authority.certificate());
  }

  /** A name holds only letters, digits, dots and dashes, an address colons: safe as a file name. */
  private Path leafFile(String name) {
    return settings.folder.resolve("leaves").resolve(name.replace(':', '-') + ".pem");
  }

  /** Puts off touching the mint, and BouncyCastle with it, until something must be made. */
  private interface CertificateSource {
    CertificateMint mint();
  }
}
