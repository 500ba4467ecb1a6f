/**
 * Users of a resource and their tokens. Owns who exists, what a token allows and when it ends;
 * knows no HTTP, no SQL and no feature that uses a user. Start at {@link
 * dev.parley.services.identity.IdentityService}; tokens are made and believed in {@link
 * dev.parley.services.identity.UserTokens}.
 */
@org.jspecify.annotations.NullMarked
package dev.parley.services.identity;
