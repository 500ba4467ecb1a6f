/** Proofs of the codec package: tables, fuzz targets, and a receiver that checks every switch. */
@org.jspecify.annotations.NullMarked
package dev.parley.media.codec;
