/**
 * Who can take part in a communication, as the wire writes it: communication users, phone numbers,
 * Teams users and apps (compat §2.3). Shared by all features' wire packages.
 */
@org.jspecify.annotations.NullMarked
package dev.parley.services.identifiers;
