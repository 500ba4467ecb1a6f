package dev.parley.kit.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.kit.tls.CertificateUnusable.Reason;
import dev.parley.kit.tls.OwnCertificate.Reload;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPrivateKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.util.io.pem.PemObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OwnCertificateTest {
  /** The JDK's client judges certificates by the machine's clock, so these tests start from it. */
  private static final Instant NOW = Instant.now();

  private static final Instant FROM = NOW.minus(Duration.ofDays(1));
  private static final Instant UNTIL = NOW.plus(Duration.ofDays(90));

  @TempDir private Path folder;

  private Path chainFile() {
    return folder.resolve("chain.pem");
  }

  private Path keyFile() {
    return folder.resolve("key.pem");
  }

  private OwnCertificate load() {
    return OwnCertificate.load(chainFile(), keyFile(), NOW);
  }

  private void refused(Reason reason, Path file) {
    assertThatThrownBy(this::load)
        .isInstanceOfSatisfying(
            CertificateUnusable.class,
            unusable -> {
              assertThat(unusable.reason()).isEqualTo(reason);
              assertThat(unusable).hasMessageContaining(file.toString());
            });
  }

  /** A leaf named by {@code subject} under a new root of the same algorithm; gives the root. */
  private X509Certificate write(String subject, KeyPair pair) throws Exception {
    KeyPair rootPair = TestCertificates.keyPair("EC", 256);
    X509Certificate root =
        TestCertificates.certificate(
            "root of " + subject,
            rootPair,
            "root of " + subject,
            rootPair.getPrivate(),
            FROM,
            UNTIL);
    X509Certificate leaf =
        TestCertificates.certificate(
            subject, pair, "root of " + subject, rootPair.getPrivate(), FROM, UNTIL);
    Files.writeString(chainFile(), openssl(leaf) + openssl(root));
    Files.writeString(keyFile(), openssl(pair.getPrivate()));
    return root;
  }

  /** As OpenSSL writes it: SEC 1 for EC keys, PKCS #1 for RSA keys. */
  private static String openssl(Object value) throws Exception {
    StringWriter text = new StringWriter();
    try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
      writer.writeObject(
          value instanceof ECPrivateKey key ? new PemObject("EC PRIVATE KEY", sec1(key)) : value);
    }
    return text.toString();
  }

  private static byte[] sec1(ECPrivateKey key) throws Exception {
    PrivateKeyInfo pkcs8 = PrivateKeyInfo.getInstance(key.getEncoded());
    return new org.bouncycastle.asn1.sec.ECPrivateKey(
            key.getParams().getOrder().bitLength(),
            key.getS(),
            pkcs8.getPrivateKeyAlgorithm().getParameters())
        .getEncoded();
  }

  @ParameterizedTest
  @CsvSource({
    "EC,256,true,EC PRIVATE KEY",
    "EC,384,true,EC PRIVATE KEY",
    "EC,256,false,BEGIN PRIVATE KEY",
    "RSA,2048,true,RSA PRIVATE KEY",
    "RSA,4096,true,RSA PRIVATE KEY",
    "RSA,2048,false,BEGIN PRIVATE KEY",
    "Ed25519,0,false,BEGIN PRIVATE KEY",
  })
  void servesKeysOfEveryUsualForm(String algorithm, int size, boolean openssl, String label)
      throws Exception {
    KeyPair pair = TestCertificates.keyPair(algorithm, size);
    X509Certificate root = write("parley.example", pair);
    if (!openssl) {
      Files.writeString(keyFile(), Pem.write(pair.getPrivate()));
    }
    assertThat(Files.readString(keyFile())).contains(label);
    try (Handshake handshake = new Handshake(load())) {
      List<X509Certificate> chain =
          handshake.chainFor("parley.example", Handshake.trusting(root), "TLSv1.3");
      assertThat(chain).hasSize(2);
      assertThat(chain.getFirst().getPublicKey()).isEqualTo(pair.getPublic());
    }
  }

  @Test
  void oneFileMayHoldBothAndTextAroundTheBlocksIsPassedOver() throws Exception {
    write("parley.example", TestCertificates.keyPair("EC", 256));
    String both =
        "Bag Attributes\r\n"
            + Files.readString(chainFile()).replace("\n", "\r\n")
            + "subject=/CN=x\n"
            + Files.readString(keyFile());
    Files.writeString(chainFile(), both);
    assertThat(OwnCertificate.load(chainFile(), chainFile(), NOW).notAfter())
        .isEqualTo(UNTIL.truncatedTo(java.time.temporal.ChronoUnit.SECONDS));
  }

  @Test
  void aChangedFileServesTheNextHandshakeAndABrokenOneKeepsTheOld() throws Exception {
    X509Certificate firstRoot = write("parley.example", TestCertificates.keyPair("EC", 256));
    OwnCertificate own = load();
    assertThat(own.reloadIfChanged(NOW)).isInstanceOf(Reload.Unchanged.class);
    try (Handshake handshake = new Handshake(own)) {
      KeyStore firstTrust = Handshake.trusting(firstRoot);
      handshake.chainFor("parley.example", firstTrust, "TLSv1.3");

      // Half a change: a new certificate, the key still the old one.
      String oldKey = Files.readString(keyFile());
      X509Certificate secondRoot = write("parley.example", TestCertificates.keyPair("RSA", 2048));
      String newKey = Files.readString(keyFile());
      Files.writeString(keyFile(), oldKey);
      assertThat(own.reloadIfChanged(NOW))
          .isInstanceOfSatisfying(
              Reload.Kept.class,
              kept -> assertThat(kept.problem().reason()).isEqualTo(Reason.KEY_MISMATCH));
      assertThat(own.reloadIfChanged(NOW)).isInstanceOf(Reload.Unchanged.class);
      handshake.chainFor("parley.example", firstTrust, "TLSv1.3");

      Files.delete(keyFile());
      assertThat(own.reloadIfChanged(NOW))
          .isInstanceOfSatisfying(
              Reload.Kept.class,
              kept -> assertThat(kept.problem().reason()).isEqualTo(Reason.UNREADABLE));
      assertThat(own.reloadIfChanged(NOW)).isInstanceOf(Reload.Unchanged.class);

      Files.writeString(keyFile(), newKey);
      assertThat(own.reloadIfChanged(NOW)).isInstanceOf(Reload.Reloaded.class);
      handshake.chainFor("parley.example", Handshake.trusting(secondRoot), "TLSv1.3");
    }
  }

  @Test
  void refusesWhatIsNotValidNow() throws Exception {
    KeyPair pair = TestCertificates.keyPair("EC", 256);
    Files.writeString(keyFile(), openssl(pair.getPrivate()));
    Instant end = NOW.truncatedTo(java.time.temporal.ChronoUnit.SECONDS);
    Files.writeString(
        chainFile(),
        openssl(TestCertificates.certificate("x", pair, "x", pair.getPrivate(), FROM, end)));
    refused(Reason.EXPIRED, chainFile());
    assertThatThrownBy(() -> OwnCertificate.load(chainFile(), keyFile(), end))
        .hasMessageContaining("expired at");
    assertThat(OwnCertificate.load(chainFile(), keyFile(), end.minusMillis(1)).notAfter())
        .isEqualTo(end);
    Files.writeString(
        chainFile(),
        openssl(
            TestCertificates.certificate(
                "x", pair, "x", pair.getPrivate(), NOW.plusSeconds(60), UNTIL)));
    refused(Reason.NOT_YET_VALID, chainFile());
  }

  @Test
  void refusesAKeyAndAChainThatDoNotBelongTogether() throws Exception {
    write("parley.example", TestCertificates.keyPair("EC", 256));
    String chain = Files.readString(chainFile());
    String key = Files.readString(keyFile());
    Files.writeString(keyFile(), openssl(TestCertificates.keyPair("EC", 256).getPrivate()));
    refused(Reason.KEY_MISMATCH, chainFile());
    Files.writeString(keyFile(), openssl(TestCertificates.keyPair("RSA", 2048).getPrivate()));
    refused(Reason.KEY_MISMATCH, chainFile());
    Files.writeString(keyFile(), key);
    String leaf = chain.substring(0, chain.indexOf("-----END") + 27);
    Files.writeString(chainFile(), leaf.strip() + "\n" + leaf.strip() + "\n");
    refused(Reason.BROKEN_CHAIN, chainFile());
  }

  @Test
  void refusesMissingSwappedAndLockedFiles() throws Exception {
    refused(Reason.UNREADABLE, chainFile());
    KeyPair pair = TestCertificates.keyPair("RSA", 2048);
    write("parley.example", pair);
    String chain = Files.readString(chainFile());
    Files.writeString(chainFile(), Files.readString(keyFile()));
    refused(Reason.NO_CERTIFICATE, chainFile());
    Files.writeString(chainFile(), chain);
    Files.writeString(keyFile(), chain);
    refused(Reason.NO_KEY, keyFile());
    Files.writeString(
        keyFile(),
        """
        -----BEGIN RSA PRIVATE KEY-----
        Proc-Type: 4,ENCRYPTED
        DEK-Info: AES-128-CBC,00112233445566778899AABBCCDDEEFF

        AAAA
        -----END RSA PRIVATE KEY-----
        """);
    refused(Reason.ENCRYPTED_KEY, keyFile());
    Files.writeString(
        keyFile(),
        "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----\n");
    refused(Reason.ENCRYPTED_KEY, keyFile());
    Files.write(keyFile(), new byte[Pem.SIZE_MAX_CHARS + 1]);
    refused(Reason.TOO_LARGE, keyFile());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-----BEGIN PRIVATE KEY",
        "-----BEGIN PRIVATE KEY-----\nAAAA",
        "-----BEGIN PRIVATE KEY-----\n!!!!\n-----END PRIVATE KEY-----",
        "-----BEGIN PRIVATE KEY-----\n-----END PRIVATE KEY-----",
        "-----BEGIN PRIVATE KEY-----\nMAMCAQA=\n-----END PRIVATE KEY-----",
        "-----BEGIN EC PRIVATE KEY-----\nMAMCAQA=\n-----END EC PRIVATE KEY-----",
        "-----BEGIN RSA PRIVATE KEY-----\nMAMCAQA=\n-----END RSA PRIVATE KEY-----",
        "-----BEGIN RSA PRIVATE KEY-----\nMIQB\n-----END RSA PRIVATE KEY-----",
      })
  void refusesADamagedKeyWithoutQuotingIt(String text) {
    assertThatThrownBy(() -> Pem.privateKey(text))
        .isInstanceOfSatisfying(
            CertificateUnusable.class,
            unusable -> {
              assertThat(unusable.reason()).isEqualTo(Reason.MALFORMED);
              assertThat(unusable.getMessage()).doesNotContain("AAAA");
            });
  }

  @Test
  void refusesOtherKindsOfKeys() {
    assertThatThrownBy(() ->
            Pem.privateKey("-----BEGIN DSA PRIVATE KEY-----\nAAAA\n-----END DSA PRIVATE KEY-----"))
        .isInstanceOfSatisfying(
            CertificateUnusable.class,
            unusable -> assertThat(unusable.reason()).isEqualTo(Reason.UNSUPPORTED_KEY));
  }
}
