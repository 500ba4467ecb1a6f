package dev.parley.kit.tls;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** A file that an operator points at may hold anything: the answer is a typed refusal. */
class PemFuzzTest {
  @FuzzTest
  void text(byte[] input) {
    read(new String(input, StandardCharsets.ISO_8859_1));
  }

  @FuzzTest
  void der(byte[] input) {
    String base64 = Base64.getEncoder().encodeToString(input);
    for (String label :
        new String[] {"PRIVATE KEY", "EC PRIVATE KEY", "RSA PRIVATE KEY", "CERTIFICATE"}) {
      read("-----BEGIN " + label + "-----\n" + base64 + "\n-----END " + label + "-----\n");
    }
  }

  private static void read(String text) {
    try {
      Pem.certificates(text);
    } catch (CertificateUnusable e) {
      // A refusal is the expected answer.
    }
    try {
      Pem.privateKey(text);
    } catch (CertificateUnusable e) {
      // A refusal is the expected answer.
    }
  }
}
