/**
 * How a test of the Java SDKs declares and earns a proof. Knows the ledger and azure-core, no
 * single service. Start at {@link dev.parley.conformance.proof.Proves}.
 */
@NullMarked
package dev.parley.conformance.proof;

import org.jspecify.annotations.NullMarked;
