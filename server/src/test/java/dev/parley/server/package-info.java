/** Tests of the whole server in this process; start at {@link dev.parley.server.TestServer}. */
@org.jspecify.annotations.NullMarked
package dev.parley.server;
