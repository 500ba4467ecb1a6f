package dev.parley.media.congestion;

/** Takes what a transport-wide feedback tells, in order of sequence numbers. */
interface ArrivalSink {
  /** The packet arrived at {@code micros} on the receiver's own clock. */
  void arrived(int sequence, long micros);

  /** The packet had not arrived when the feedback was made. */
  void missing(int sequence);
}
