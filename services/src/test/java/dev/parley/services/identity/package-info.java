/** Tests of users, tokens and signing keys, on a real store. */
@org.jspecify.annotations.NullMarked
package dev.parley.services.identity;
