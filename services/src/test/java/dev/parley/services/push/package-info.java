/** Tests of push: decisions as a table, sessions against a client model that is cut anywhere. */
@org.jspecify.annotations.NullMarked
package dev.parley.services.push;
