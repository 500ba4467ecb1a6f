/**
 * Microsoft's unmodified SDKs against a started Parley, and the ledger of what they proved.
 *
 * <p>Owns: the fixture that starts a server, the tests of each SDK, the ledger and the table made
 * of it. Must not know: any class of Parley; a server is reached by its command line, its {@code
 * connection.env} and HTTPS, as a user would. Start at {@code ledger.Ledger} for what counts as
 * proven, at {@code identity.JavaIdentityIT} for how a proof looks.
 */
@NullMarked
package dev.parley.conformance;

import org.jspecify.annotations.NullMarked;
