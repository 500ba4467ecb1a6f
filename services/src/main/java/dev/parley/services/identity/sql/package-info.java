/** Users in table {@code users}, signing keys in {@code signing_keys}. */
@org.jspecify.annotations.NullMarked
package dev.parley.services.identity.sql;
