package dev.parley.server.problem;

import java.nio.file.Path;
import java.util.Optional;

/** A reason why a command ends without having done its work. */
public sealed interface Problem {

  /** A command, option or operand that does not exist or is incomplete. */
  record WrongUsage(String message, Optional<String> nearest) implements Problem {}

  /** A configuration key that nobody reads. */
  record UnknownKey(String key, String origin, Optional<String> nearest) implements Problem {}

  /** A configuration key that an older version read. */
  record RemovedKey(String key, String origin, String replacement) implements Problem {}

  /** A configuration value that its key cannot take. */
  record WrongValue(String key, String origin, String expected) implements Problem {}

  /** A configuration that production refuses, for example an open address without certificate. */
  record UnsafeConfiguration(String message, String hint) implements Problem {}

  /** A file that a command was told to read and cannot. */
  record UnreadableFile(Path file, String reason) implements Problem {}

  /** A folder or file that a command must write and cannot: rights, read-only, full. */
  record Unwritable(Path path, String reason) implements Problem {}

  /** Another process holds the data folder; {@code owner} is what it wrote about itself. */
  record FolderLocked(Path folder, String owner) implements Problem {}

  /** A folder that holds something else than Parley's data. */
  record NotOurFolder(Path folder) implements Problem {}

  /** A data folder that was never made, where a command needs one. */
  record NoFolder(Path folder) implements Problem {}

  /** Data that cannot be read back as it was written. */
  record Damaged(Path folder, String detail) implements Problem {}

  /** Data that a newer Parley wrote. */
  record TooNew(Path folder, String detail) implements Problem {}

  /** The port is in use by another process. */
  record PortTaken(String address, int port) implements Problem {}

  /**
   * The UDP port for calls' media is in use by another process, or of no address of this machine.
   */
  record MediaPortTaken(String address, int port) implements Problem {}

  /** The address is not one of this machine's. */
  record NoSuchAddress(String address) implements Problem {}

  /** A certificate or key that cannot be used. */
  record BadCertificate(String detail) implements Problem {}

  /** The store does not answer: a database that is down, or credentials it does not take. */
  record StoreDown(String detail) implements Problem {}

  /** A backup that cannot be written or put back. */
  record BackupRefused(String detail) implements Problem {}

  /** The master keys are missing, or others than those that sealed the stored secrets. */
  record NoMasterKey(String detail) implements Problem {}

  /** The running server answered no. */
  record Refused(int status, String code, String message) implements Problem {}

  /** The running server did not answer. */
  record NoAnswer(String endpoint, String reason) implements Problem {}
}
