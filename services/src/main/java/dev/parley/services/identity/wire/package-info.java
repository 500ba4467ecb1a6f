/**
 * The identity operations of ACS: bodies, one file for the table, one for the errors. Start at
 * {@link dev.parley.services.identity.wire.IdentityRoutes}.
 */
@org.jspecify.annotations.NullMarked
package dev.parley.services.identity.wire;
