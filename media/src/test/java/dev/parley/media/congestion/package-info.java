/**
 * Proofs of estimation and allocation: tables, fuzz targets and traces over a simulated network.
 */
@org.jspecify.annotations.NullMarked
package dev.parley.media.congestion;
