package dev.parley.server.problem;

/**
 * What a person and a script see of a problem.
 *
 * @param exitCode 2 usage or configuration, 5 data folder in use, 6 cannot write, 7 data damaged, 8
 *     data too new, 9 port or address, 10 certificate, 11 the server said no or nothing, 12 the
 *     database is down; 3 and 4 belong to the launcher (no JDK, build failed)
 * @param message one line: what is wrong
 * @param hint one line: what to do about it
 */
public record Complaint(int exitCode, String message, String hint) {

  /** The text of every problem there is. */
  public static Complaint about(Problem problem) {
    return switch (problem) {
      case Problem.WrongUsage p ->
          new Complaint(
              2,
              p.message(),
              p.nearest().map(word -> "Did you mean " + word + "? ").orElse("")
                  + "See: parley --help");
      case Problem.UnknownKey p ->
          new Complaint(
              2,
              "unknown configuration key '" + p.key() + "' (" + p.origin() + ")",
              p.nearest().map(word -> "Did you mean '" + word + "'? ").orElse("")
                  + "All keys with their defaults: parley help configuration");
      case Problem.RemovedKey p ->
          new Complaint(
              2,
              "configuration key '" + p.key() + "' (" + p.origin() + ") is gone",
              "Use '" + p.replacement() + "' in its place.");
      case Problem.WrongValue p ->
          new Complaint(
              2,
              "configuration key '" + p.key() + "' (" + p.origin() + ") must be " + p.expected(),
              "All keys with their defaults: parley help configuration");
      case Problem.UnsafeConfiguration p -> new Complaint(2, p.message(), p.hint());
      case Problem.UnreadableFile p ->
          new Complaint(2, "cannot read " + p.file() + ": " + p.reason(), "Check the path.");
      case Problem.Unwritable p ->
          new Complaint(
              6,
              "cannot write " + p.path() + ": " + p.reason(),
              "Give another folder with --data, free some space, or change its rights.");
      case Problem.FolderLocked p ->
          new Complaint(
              5,
              "the data folder " + p.folder() + " is in use by " + p.owner(),
              "Stop that one first, or give another folder with --data.");
      case Problem.NotOurFolder p ->
          new Complaint(
              2,
              p.folder() + " is not empty and holds no Parley data",
              "Give an empty or new folder with --data.");
      case Problem.NoFolder p ->
          new Complaint(
              2,
              "there is no Parley data in " + p.folder(),
              "Start a server first (parley up), or name its folder with --data.");
      case Problem.Damaged p ->
          new Complaint(
              7,
              "the data in " + p.folder() + " is damaged: " + p.detail(),
              "Keep a copy of the folder, then: parley restore FILE --data NEWFOLDER");
      case Problem.TooNew p ->
          new Complaint(
              8,
              "the data in " + p.folder() + " was written by a newer Parley: " + p.detail(),
              "Start the newer version; this one leaves the data as it is.");
      case Problem.PortTaken p ->
          new Complaint(
              9,
              "port " + p.port() + " on " + p.address() + " is taken",
              "Give another with --port N, or --port 0 for any free one.");
      case Problem.MediaPortTaken p ->
          new Complaint(
              9,
              "UDP port " + p.port() + " on " + p.address() + " cannot be had for calls",
              "Give another with --set media.port=N, or another address with --set media.bind=A.");
      case Problem.NoSuchAddress p ->
          new Complaint(
              9,
              "this machine has no address " + p.address(),
              "Give one of its addresses with --bind, or 0.0.0.0 for all.");
      case Problem.BadCertificate p ->
          new Complaint(
              10,
              "the certificate cannot be used: " + p.detail(),
              "Give the full chain with --certificate and its key with --key, both as PEM.");
      case Problem.StoreDown p ->
          new Complaint(
              12,
              "the database does not answer: " + p.detail(),
              "Check the database key, its user and password, and that it is up.");
      case Problem.BackupRefused p ->
          new Complaint(6, "no backup: " + p.detail(), "Nothing was changed; give another FILE.");
      case Problem.NoMasterKey p ->
          new Complaint(
              7,
              "the stored secrets cannot be opened: " + p.detail(),
              "Put the data's own master.key into the folder, or give PARLEY_MASTER_KEYS.");
      case Problem.Refused p ->
          new Complaint(
              11,
              "the server answered " + p.status() + " " + p.code() + ": " + p.message(),
              "See: parley --help");
      case Problem.NoAnswer p ->
          new Complaint(
              11,
              "the server at " + p.endpoint() + " does not answer: " + p.reason(),
              "See its log; a server that is still starting answers in a moment.");
    };
  }
}
