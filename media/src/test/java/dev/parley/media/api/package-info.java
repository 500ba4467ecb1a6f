/** The engine from outside, driven by a client that is not a browser. */
@org.jspecify.annotations.NullMarked
package dev.parley.media.api;
