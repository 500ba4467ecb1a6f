package dev.parley.bench.chat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A certificate for the peers, of the kind that Parley's development authority gives. */
final class Certificates {
  private Certificates() {}

  /** Makes key and certificate (P-256) for localhost, both in one PEM file. */
  static Path pem(Path folder) {
    Path key = folder.resolve("peer-key.pem");
    Path certificate = folder.resolve("peer-certificate.pem");
    Command.run(
        folder,
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:prime256v1",
        "-nodes",
        "-days",
        "30",
        "-subj",
        "/CN=localhost",
        "-keyout",
        key.toString(),
        "-out",
        certificate.toString());
    Path both = folder.resolve("peer.pem");
    try {
      Files.writeString(both, Files.readString(key) + Files.readString(certificate));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    return both;
  }
}
