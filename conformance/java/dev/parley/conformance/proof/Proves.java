package dev.parley.conformance.proof;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The operations of the ledger that a test proves for Java. The test must take {@link SeenBySdk}
 * and add it to its client: a declared operation that the SDK did not see succeed fails the test.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Proves {
  /** Ids of {@code ledger/operations.tsv}. */
  String[] value();
}
