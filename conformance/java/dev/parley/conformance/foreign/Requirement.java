package dev.parley.conformance.foreign;

import org.junit.jupiter.api.Assumptions;

/** What a test needs of its machine: missing, it skips the test by name, or fails it on demand. */
public final class Requirement {

  /** Set in continuous integration: what cannot run is then a failure and not a skip. */
  private static final String REQUIRED = "PARLEY_TESTS_REQUIRED";

  private Requirement() {}

  /** Ends the running test as skipped, or as failed when nothing may be skipped. */
  public static void missing(String message) {
    if ("1".equals(System.getenv(REQUIRED))) {
      throw new AssertionError(message + " (" + REQUIRED + "=1 makes that a failure)");
    }
    System.out.println(message);
    Assumptions.abort(message);
  }
}
