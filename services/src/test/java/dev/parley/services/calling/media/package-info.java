/** Tests of calls' media on a real engine, with descriptions and without packets. */
@org.jspecify.annotations.NullMarked
package dev.parley.services.calling.media;
