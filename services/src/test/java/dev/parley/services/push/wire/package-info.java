/** Tests of push's frames. */
@org.jspecify.annotations.NullMarked
package dev.parley.services.push.wire;
