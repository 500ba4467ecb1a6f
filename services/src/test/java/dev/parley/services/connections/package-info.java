/** Tests of the connections. */
@org.jspecify.annotations.NullMarked
package dev.parley.services.connections;
