package dev.parley.kit.tls;

import dev.parley.kit.tls.CertificateUnusable.Reason;
import java.net.InetAddress;
import java.util.Locale;

/**
 * A name that a certificate can carry: a host name in lower case, or an address in the JDK's
 * canonical text. Wildcards are refused: Node, Python and curl do not accept one for a name right
 * under {@code localhost}.
 */
record CertificateName(String text, boolean isAddress) {
  private static final int NAME_LENGTH_MAX = 253; // RFC 1035 §2.3.4, without the root's dot
  private static final int LABEL_LENGTH_MAX = 63;

  static CertificateName parse(String name) {
    if (name.indexOf(':') >= 0 || (!name.isEmpty() && isNumeric(name))) {
      return address(name);
    }
    String lower = name.toLowerCase(Locale.ROOT);
    if (lower.isEmpty() || lower.length() > NAME_LENGTH_MAX) {
      throw bad(name);
    }
    for (String label : lower.split("\\.", -1)) {
      checkLabel(name, label);
    }
    return new CertificateName(lower, false);
  }

  private static CertificateName address(String name) {
    try {
      return new CertificateName(InetAddress.ofLiteral(name).getHostAddress(), true);
    } catch (IllegalArgumentException e) {
      throw bad(name);
    }
  }

  private static boolean isNumeric(String name) {
    return name.chars().allMatch(c -> c == '.' || (c >= '0' && c <= '9'));
  }

  private static void checkLabel(String name, String label) {
    boolean fits =
        !label.isEmpty()
            && label.length() <= LABEL_LENGTH_MAX
            && label.charAt(0) != '-'
            && label.charAt(label.length() - 1) != '-'
            && label
                .chars()
                .allMatch(c -> (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-');
    if (!fits) {
      throw bad(name);
    }
  }

  private static CertificateUnusable bad(String name) {
    return new CertificateUnusable(
        Reason.BAD_NAME, "'" + name + "' is neither a host name nor an address");
  }
}
