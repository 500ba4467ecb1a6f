package dev.parley.media.sfu;

/** Random numbers of 32 bits from a cryptographic source. */
@FunctionalInterface
public interface RandomSource {
  int next();
}
