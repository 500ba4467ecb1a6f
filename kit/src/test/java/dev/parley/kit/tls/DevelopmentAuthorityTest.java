package dev.parley.kit.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.kit.base.Ids;
import dev.parley.kit.base.Secret;
import dev.parley.kit.tls.CertificateUnusable.Reason;
import java.io.File;
import java.io.InputStream;
import java.lang.reflect.Array;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DevelopmentAuthorityTest {
  /** The JDK's client judges certificates by the machine's clock, so these tests start from it. */
  private static final Instant NOW = Instant.now();

  private static final Secret<String> PASSWORD = Secret.of("changeit");

  @TempDir private Path folder;

  private DevelopmentAuthority open(Instant now, String... names) {
    return DevelopmentAuthority.open(
        new DevelopmentAuthority.Settings(folder, PASSWORD, List.of(names)),
        new SeededIds(11),
        now);
  }

  /** Fails the test when anything new is made. */
  private static final Ids NONE =
      new Ids() {
        @Override
        public UUID uuid() {
          throw new AssertionError("made something");
        }

        @Override
        public byte[] bytes(int length) {
          throw new AssertionError("made something");
        }
      };

  private static List<String> namesOf(X509Certificate certificate) throws Exception {
    List<String> names = new ArrayList<>();
    Collection<List<?>> alternatives = certificate.getSubjectAlternativeNames();
    for (List<?> alternative : alternatives == null ? List.<List<?>>of() : alternatives) {
      names.add(String.valueOf(alternative.get(1)));
    }
    return names;
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void choosesTheLeafByTheNameAskedForAndSendsTheFullChain(String protocol) throws Exception {
    DevelopmentAuthority authority = open(NOW, "parley.test", "10.1.2.3");
    authority.certify("myres.localhost", NOW);
    KeyStore trust = Handshake.trusting(authority.certificate());
    try (Handshake handshake = new Handshake(authority)) {
      List<X509Certificate> named = handshake.chainFor("MyRes.localhost", trust, protocol);
      assertThat(namesOf(named.getFirst())).containsExactly("myres.localhost");
      assertThat(named).hasSize(2).last().isEqualTo(authority.certificate());
      for (String other : new String[] {"localhost", "unknown.localhost", null}) {
        assertThat(namesOf(handshake.chainFor(other, trust, protocol).getFirst()))
            .containsExactly(
                "localhost", "127.0.0.1", "0:0:0:0:0:0:0:1", "parley.test", "10.1.2.3");
      }
    }
  }

  @Test
  void aNameCertifiedWhileServingIsServedAndAForgottenOneIsNot() throws Exception {
    DevelopmentAuthority authority = open(NOW);
    KeyStore trust = Handshake.trusting(authority.certificate());
    try (Handshake handshake = new Handshake(authority)) {
      handshake.chainFor("late.localhost", trust, "TLSv1.3");
      authority.certify("late.localhost", NOW);
      assertThat(namesOf(handshake.chainFor("late.localhost", trust, "TLSv1.3").getFirst()))
          .containsExactly("late.localhost");
      authority.forget("late.localhost");
      assertThat(namesOf(handshake.chainFor("late.localhost", trust, "TLSv1.3").getFirst()))
          .contains("localhost");
      assertThat(folder.resolve("leaves/late.localhost.pem")).doesNotExist();
      authority.certifyOnly(List.of("one.localhost", "two.localhost"), NOW);
      authority.certifyOnly(List.of("two.localhost", "three.localhost"), NOW);
      assertThat(folder.resolve("leaves/one.localhost.pem")).doesNotExist();
      for (String kept : List.of("two.localhost", "three.localhost")) {
        assertThat(namesOf(handshake.chainFor(kept, trust, "TLSv1.3").getFirst()))
            .containsExactly(kept);
      }
    }
  }

  @Test
  void aSecondOpenMakesNothing() throws Exception {
    DevelopmentAuthority first = open(NOW, "parley.test");
    first.certify("myres.localhost", NOW);
    byte[] truststore = Files.readAllBytes(first.truststore());
    DevelopmentAuthority second =
        DevelopmentAuthority.open(
            new DevelopmentAuthority.Settings(folder, PASSWORD, List.of("parley.test")), NONE, NOW);
    second.certify("myres.localhost", NOW);
    assertThat(second.certificate()).isEqualTo(first.certificate());
    assertThat(Files.readAllBytes(second.truststore())).isEqualTo(truststore);
    assertThat(second.renewIfDue(NOW)).isFalse();
  }

  /** A class loader of its own without BouncyCastle stands for a start that must not need it. */
  @Test
  void aSecondOpenNeedsNoBouncyCastle() throws Exception {
    open(NOW);
    List<URL> path = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      path.add(Path.of(entry).toUri().toURL());
    }
    try (URLClassLoader loader =
        new URLClassLoader(path.toArray(URL[]::new), ClassLoader.getPlatformClassLoader()) {
          @Override
          protected Class<?> findClass(String name) throws ClassNotFoundException {
            if (name.startsWith("org.bouncycastle")) {
              throw new AssertionError(name + " was loaded");
            }
            return super.findClass(name);
          }
        }) {
      Class<?> secret = loader.loadClass(Secret.class.getName());
      Class<?> ids = loader.loadClass(Ids.class.getName());
      Class<?> authority = loader.loadClass(DevelopmentAuthority.class.getName());
      Class<?> settings = loader.loadClass(DevelopmentAuthority.Settings.class.getName());
      Object seeded =
          loader.loadClass(SeededIds.class.getName()).getConstructor(long.class).newInstance(1L);
      Object password = secret.getMethod("of", Object.class).invoke(null, "changeit");
      Object set =
          settings
              .getConstructor(Path.class, secret, Collection.class)
              .newInstance(folder, password, List.of());
      Object opened =
          authority.getMethod("open", settings, ids, Instant.class).invoke(null, set, seeded, NOW);
      assertThat(opened).isNotNull();
      assertThat(Array.getLength(new Object[] {opened})).isOne();
    }
  }

  @Test
  void filesHaveTheRightModes() throws Exception {
    open(NOW).certify("myres.localhost", NOW);
    for (String file :
        List.of("authority.pem", "leaves/_default.pem", "leaves/myres.localhost.pem")) {
      assertThat(mode(file)).as(file).isEqualTo("rw-------");
    }
    for (String file : List.of("ca.pem", "truststore.p12")) {
      assertThat(mode(file)).as(file).isEqualTo("rw-r--r--");
    }
    assertThat(Files.readString(folder.resolve("ca.pem"))).doesNotContain("PRIVATE");
    try (var files = Files.list(folder)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .noneMatch(name -> name.endsWith(".new"));
    }
  }

  private String mode(String file) throws Exception {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(file)));
  }

  @Test
  void theTruststoreHoldsThePublicRootsAndTheAuthority() throws Exception {
    DevelopmentAuthority authority = open(NOW);
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(authority.truststore())) {
      store.load(in, "changeit".toCharArray());
    }
    KeyStore roots =
        KeyStore.getInstance(
            Path.of(System.getProperty("java.home"), "lib/security/cacerts").toFile(),
            "changeit".toCharArray());
    Set<Object> expected = new HashSet<>();
    for (String alias : Collections.list(roots.aliases())) {
      expected.add(roots.getCertificate(alias));
    }
    assertThat(expected).hasSizeGreaterThan(50);
    expected.add(authority.certificate());
    Set<Object> found = new HashSet<>();
    for (String alias : Collections.list(store.aliases())) {
      assertThat(store.isCertificateEntry(alias)).isTrue();
      found.add(store.getCertificate(alias));
    }
    assertThat(found).isEqualTo(expected);
    try (Handshake handshake = new Handshake(authority)) {
      assertThat(handshake.chainFor("localhost", store, "TLSv1.3")).hasSize(2);
    }
  }

  @Test
  void damagedOrMissingClientFilesAreMadeAnew() throws Exception {
    DevelopmentAuthority authority = open(NOW);
    Files.writeString(authority.caPem(), "x");
    Files.writeString(authority.truststore(), "x");
    DevelopmentAuthority again = open(NOW);
    assertThat(Pem.certificates(Files.readString(again.caPem())))
        .containsExactly(authority.certificate());
    assertThat(Files.size(again.truststore())).isGreaterThan(10_000);
  }

  @Test
  void aDamagedLeafIsMadeAnewAndADamagedAuthorityIsNot() throws Exception {
    X509Certificate before = open(NOW).certificate();
    Files.writeString(folder.resolve("leaves/_default.pem"), "x");
    assertThat(open(NOW).certificate()).isEqualTo(before);

    Files.writeString(folder.resolve("authority.pem"), "x");
    assertThatThrownBy(() -> open(NOW))
        .isInstanceOfSatisfying(
            CertificateUnusable.class,
            unusable -> {
              assertThat(unusable.reason()).isEqualTo(Reason.NO_KEY);
              assertThat(unusable).hasMessageContaining("authority.pem");
            });
    assertThat(folder.resolve("authority.pem")).hasContent("x");
  }

  @Test
  void otherNamesMakeTheDefaultLeafAnewUnderTheSameAuthority() throws Exception {
    X509Certificate before = open(NOW).certificate();
    DevelopmentAuthority authority = open(NOW, "parley.test");
    assertThat(authority.certificate()).isEqualTo(before);
    try (Handshake handshake = new Handshake(authority)) {
      KeyStore trust = Handshake.trusting(before);
      assertThat(namesOf(handshake.chainFor("parley.test", trust, "TLSv1.3").getFirst()))
          .contains("parley.test");
    }
  }

  @Test
  void leavesLive397DaysAndAreRenewedThirtyDaysBeforeTheirEnd() {
    DevelopmentAuthority authority = open(NOW);
    authority.certify("myres.localhost", NOW);
    X509Certificate before = served(authority);
    Instant end = before.getNotAfter().toInstant();
    assertThat(Duration.between(before.getNotBefore().toInstant(), end))
        .isEqualTo(Duration.ofDays(397));
    Instant due = end.minus(DevelopmentAuthority.RENEWED_BEFORE);
    assertThat(authority.renewIfDue(due.minusMillis(1))).isFalse();
    assertThat(served(authority)).isEqualTo(before);
    assertThat(authority.renewIfDue(due)).isTrue();
    assertThat(served(authority).getNotAfter().toInstant()).isAfter(end);
    assertThat(authority.certificate()).isEqualTo(open(NOW).certificate());
  }

  @Test
  void noLeafOutlivesTheAuthorityAndTheAuthorityIsRenewedLast() {
    DevelopmentAuthority authority = open(NOW);
    X509Certificate first = authority.certificate();
    Instant end = first.getNotAfter().toInstant();
    assertThat(Duration.between(NOW, end)).isGreaterThan(Duration.ofDays(3650));
    Instant late = end.minus(Duration.ofDays(40));
    assertThat(authority.renewIfDue(late)).isTrue();
    assertThat(authority.certificate()).isEqualTo(first);
    assertThat(served(authority).getNotAfter()).isEqualTo(first.getNotAfter());
    assertThat(authority.renewIfDue(end.minus(Duration.ofDays(30)))).isTrue();
    assertThat(authority.certificate()).isNotEqualTo(first);
    assertThat(PemFiles.issued(served(authority), authority.certificate())).isTrue();
  }

  private static X509Certificate served(DevelopmentAuthority authority) {
    String alias = authority.keyManager().getServerAliases("EC", null)[0];
    return authority.keyManager().getCertificateChain(alias)[0];
  }

  /** A handshake takes alias, key and chain in three calls; a change may come between them. */
  @Test
  void anAliasChosenJustBeforeAChangeStillHasItsKey() {
    DevelopmentAuthority authority = open(NOW);
    String alias = authority.keyManager().getServerAliases("EC", null)[0];
    X509Certificate chosen = authority.keyManager().getCertificateChain(alias)[0];
    authority.renewIfDue(NOW.plus(Duration.ofDays(390)));
    assertThat(authority.keyManager().getPrivateKey(alias)).isNotNull();
    assertThat(authority.keyManager().getCertificateChain(alias)[0]).isEqualTo(chosen);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "a..b",
        "*.localhost",
        "-a.localhost",
        "a-.localhost",
        "../../etc",
        "a/b",
        "a b",
        "é.localhost",
        "1.2.3.4.5",
        "::g",
        "a_b",
      })
  void refusesWhatIsNoName(String name) {
    DevelopmentAuthority authority = open(NOW);
    assertThatThrownBy(() -> authority.certify(name, NOW))
        .isInstanceOfSatisfying(
            CertificateUnusable.class,
            unusable -> assertThat(unusable.reason()).isEqualTo(Reason.BAD_NAME));
  }

  @Test
  void saysWhenTheFolderCannotBeWritten() throws Exception {
    Path blocked = Files.writeString(folder.resolve("file"), "x");
    assertThatThrownBy(() ->
            DevelopmentAuthority.open(
                new DevelopmentAuthority.Settings(blocked, PASSWORD, List.of()),
                new SeededIds(1),
                NOW))
        .isInstanceOfSatisfying(
            CertificateUnusable.class,
            unusable -> assertThat(unusable.reason()).isEqualTo(Reason.UNWRITABLE));
  }
}
