package dev.parley.server.cli;

import dev.parley.kit.auth.VaultFault;
import dev.parley.kit.sql.BackupRefused;
import dev.parley.kit.sql.SchemaTooNew;
import dev.parley.kit.sql.StoreDamaged;
import dev.parley.kit.sql.StoreUnavailable;
import dev.parley.kit.sql.StoreUnwritable;
import dev.parley.kit.tls.CertificateUnusable;
import dev.parley.server.config.Configuration;
import dev.parley.server.problem.Problem;
import dev.parley.server.problem.Stopped;
import java.net.BindException;
import java.net.SocketException;
import java.nio.file.FileSystemException;

/** Finds the problem in what a start threw; anything unnamed is our bug and keeps its trace. */
final class StartProblems {
  private StartProblems() {}

  static RuntimeException of(RuntimeException failed, Configuration configuration) {
    for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
      if (cause instanceof Stopped stopped) {
        return stopped;
      }
      Problem problem = problem(cause, configuration);
      if (problem != null) {
        return new Stopped(problem);
      }
    }
    return failed;
  }

  private static @org.jspecify.annotations.Nullable Problem problem(
      Throwable cause, Configuration configuration) {
    return switch (cause) {
      case StoreDamaged damaged -> new Problem.Damaged(configuration.data(), message(damaged));
      case SchemaTooNew newer -> new Problem.TooNew(configuration.data(), message(newer));
      case StoreUnwritable refused ->
          configuration.database().isPresent()
              ? new Problem.StoreDown(message(refused))
              : new Problem.Unwritable(configuration.data(), message(refused));
      case StoreUnavailable refused -> new Problem.StoreDown(message(refused));
      case BackupRefused refused -> new Problem.BackupRefused(message(refused));
      case VaultFault fault -> new Problem.NoMasterKey(message(fault));
      case CertificateUnusable unusable ->
          unusable.reason() == CertificateUnusable.Reason.UNWRITABLE
              ? new Problem.Unwritable(configuration.data(), message(unusable))
              : new Problem.BadCertificate(message(unusable));
      case BindException refused -> notBound(refused, configuration.network());
      case SocketException refused -> notBound(refused, configuration.network());
      case FileSystemException refused ->
          new Problem.Unwritable(configuration.data(), message(refused));
      case Throwable _ -> null;
    };
  }

  private static String message(Throwable cause) {
    return String.valueOf(cause.getMessage());
  }

  /** "Cannot assign requested address" is Linux's and macOS's word for a foreign address. */
  private static Problem notBound(SocketException refused, Configuration.Network network) {
    String address = network.bind().getHostAddress();
    boolean foreign = String.valueOf(refused.getMessage()).contains("assign requested address");
    return foreign
        ? new Problem.NoSuchAddress(address)
        : new Problem.PortTaken(address, network.port());
  }
}
