package dev.parley.conformance.ledger;

/** What is known of one operation in one language. */
public sealed interface Verdict {

  /** A test of this run saw the SDK succeed. */
  record Proven(String test) implements Verdict {}

  /** Parley says no on purpose; the decision record says why. */
  record Refused(String decision) implements Verdict {}

  /** The wire form was checked by reading the package, which is less than a proof. */
  record SourceRead(String sdkPackage) implements Verdict {}

  /** The server has the operation; no test with this language's SDK proves it. */
  record Unproven() implements Verdict {}

  /** The server answers 501. */
  record Missing() implements Verdict {}

  /** The pinned SDK of this language cannot send the operation. */
  record NotInSdk() implements Verdict {}
}
