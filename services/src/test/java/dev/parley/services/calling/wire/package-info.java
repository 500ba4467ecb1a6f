/** Tests of calling's wire: messages, the session's table, and sessions against a fake socket. */
@org.jspecify.annotations.NullMarked
package dev.parley.services.calling.wire;
