/**
 * The operations of the wire, the evidence of one run, and the verdict on every operation in every
 * language. Pure but for reading and writing its own files; knows no SDK and no server. Start at
 * {@link dev.parley.conformance.ledger.Ledger}.
 */
@NullMarked
package dev.parley.conformance.ledger;

import org.jspecify.annotations.NullMarked;
