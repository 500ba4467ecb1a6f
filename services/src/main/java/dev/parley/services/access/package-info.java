/**
 * Decides who sent a request, from keys of resources and tokens of users. Start at {@link
 * dev.parley.services.access.ServiceCredentials}.
 */
@org.jspecify.annotations.NullMarked
package dev.parley.services.access;
