package dev.parley.server;

import dev.parley.kit.base.Ids;
import dev.parley.kit.base.Secret;
import dev.parley.kit.tls.DevelopmentAuthority;
import dev.parley.kit.tls.OwnCertificate;
import dev.parley.kit.tls.ServerCertificates;
import dev.parley.server.config.Configuration;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The certificates that the configuration asks for: the operator's own, or leaves of a development
 * authority in the data folder.
 *
 * @param trusted PEM of what a client must trust
 */
record Certificates(
    ServerCertificates serving,
    Optional<OwnCertificate> own,
    Optional<DevelopmentAuthority> development,
    Path trusted) {
  /** What Java developers expect; the truststore holds nothing secret. */
  static final String TRUSTSTORE_PASSWORD = "changeit";

  private static final Logger LOG = LoggerFactory.getLogger(Certificates.class);

  static Certificates open(Configuration configuration, Path folder, Ids ids, Instant now) {
    return configuration
        .network()
        .certificate()
        .map(files -> own(files, now))
        .orElseGet(() -> development(configuration, folder, ids, now));
  }

  private static Certificates own(Configuration.Certificate files, Instant now) {
    OwnCertificate own = OwnCertificate.load(files.chain(), files.key(), now);
    return new Certificates(own, Optional.of(own), Optional.empty(), files.chain());
  }

  private static Certificates development(
      Configuration configuration, Path folder, Ids ids, Instant now) {
    List<String> names =
        configuration.network().publicUrl().map(url -> List.of(url.getHost())).orElse(List.of());
    DevelopmentAuthority authority =
        DevelopmentAuthority.open(
            new DevelopmentAuthority.Settings(
                folder.resolve("certificates"), Secret.of(TRUSTSTORE_PASSWORD), names),
            ids,
            now);
    return new Certificates(authority, Optional.empty(), Optional.of(authority), authority.caPem());
  }

  /**
   * The names of all resources: each has a leaf of its own, since clients refuse a wildcard, until
   * its resource is gone.
   */
  void certify(Collection<String> hosts, Instant now) {
    development.ifPresent(authority -> authority.certifyOnly(hosts, now));
  }

  /** Looks whether the operator replaced the files, or a development leaf grows old. */
  void refresh(Instant now) {
    own.ifPresent(certificate -> {
      switch (certificate.reloadIfChanged(now)) {
        case OwnCertificate.Reload.Unchanged _ -> {}
        case OwnCertificate.Reload.Reloaded reloaded ->
            LOG.info("a new certificate serves, good until {}", reloaded.notAfter());
        case OwnCertificate.Reload.Kept kept ->
            LOG.error("the new certificate is not used: {}", kept.problem().getMessage());
      }
    });
    development.ifPresent(authority -> authority.renewIfDue(now));
  }
}
