/**
 * Proving who calls and keeping what proves it: access-key signatures ({@link
 * dev.parley.kit.auth.HmacSignature}), signed tokens ({@link dev.parley.kit.auth.TokenSigner},
 * {@link dev.parley.kit.auth.TokenVerifier}, {@link dev.parley.kit.auth.KeySet}) and secrets
 * encrypted at rest ({@link dev.parley.kit.auth.Vault}). All of it is pure: keys, bytes and the
 * time come in as arguments. Knows no HTTP server, no store, no resource and no meaning of a claim
 * beyond {@code exp} and {@code nbf}.
 */
@org.jspecify.annotations.NullMarked
package dev.parley.kit.auth;
