/**
 * Communication Services resources: the tenants of an installation, with two access keys each. Owns
 * names, keys and their life; knows no HTTP, no SQL and no other feature. Start at {@link
 * dev.parley.services.resources.ResourceService}.
 */
@org.jspecify.annotations.NullMarked
package dev.parley.services.resources;
