package dev.parley.kit.http;

/**
 * One row of a feature's operation table.
 *
 * @param name the operation's id in the ledger, {@code service.operation}
 * @param method the HTTP method
 * @param path its path template
 * @param access the credential that it asks for
 * @param versioned whether {@code api-version} is required, as for all ACS operations
 * @param bodyBytesMax the largest body after decompression, in bytes; 0 for none
 * @param handler what it does
 */
public record Operation(
    String name,
    String method,
    PathTemplate path,
    Access access,
    boolean versioned,
    int bodyBytesMax,
    Handler handler) {

  /** A body of the usual size. */
  public static final int BODY_BYTES_DEFAULT = 1 << 20;

  /** Parses the call, calls the service, maps its answer. Blocking; runs on a virtual thread. */
  @FunctionalInterface
  public interface Handler {
    Answer answer(Exchange exchange);
  }

  /** An ACS operation: versioned, with a body of the default size. */
  public static Operation acs(
      String name, String method, String path, Access access, Handler handler) {
    return new Operation(
        name, method, PathTemplate.parse(path), access, true, BODY_BYTES_DEFAULT, handler);
  }

  /** An operation outside the versioned API: health, push, management. */
  public static Operation plain(
      String name, String method, String path, Access access, Handler handler) {
    return new Operation(
        name, method, PathTemplate.parse(path), access, false, BODY_BYTES_DEFAULT, handler);
  }

  /** The same operation with another limit on its body. */
  public Operation withBodyBytesMax(int bytes) {
    return new Operation(name, method, path, access, versioned, bytes, handler);
  }
}
