package dev.parley.media.transport;

import java.net.InetSocketAddress;

/**
 * A UDP socket as a media loop wants it: datagrams in batches, on native slots. Used by the one
 * thread that owns it, except {@link #wake}. Two tiers pass the same contract test.
 */
public interface PacketIo extends AutoCloseable {
  /** Bytes of a slot: the Ethernet limit and room for what SRTP appends. */
  int SLOT_BYTES = 1536;

  /** Datagrams that one {@link #receive} takes at most. */
  int BATCH = 64;

  /** The tier of this socket. */
  IoTier tier();

  /** What the socket is bound to. */
  InetSocketAddress localAddress();

  /** Waits until a datagram is there, {@link #wake} is called or the time is over. */
  void await(long timeoutNanos);

  /** Ends a running or the next {@link #await}. May be called from any thread. */
  void wake();

  /**
   * Takes the datagrams that are there, without waiting. Their slots stay valid until the next
   * call.
   *
   * @return how many there are, 0 to {@link #BATCH}
   */
  int receive();

  /** The address of the bytes of datagram {@code index} of the last {@link #receive}. */
  long payload(int index);

  /** Its length in bytes; longer datagrams than a slot are cut and will fail authentication. */
  int length(int index);

  /** The address of its sender, as a {@link SocketAddresses} block. */
  long source(int index);

  /**
   * When it arrived, in microseconds; by the kernel's clock where there is one. Only differences
   * between values of one socket mean anything.
   */
  long arrivalMicros(int index);

  /** A slot to write an outgoing packet into, valid until it is flushed. */
  long slot();

  /** Queues the packet at {@code packet}, which lies in a slot of {@link #slot}, for sending. */
  void send(Destination to, long packet, int length);

  /** Hands everything queued to the kernel and takes the slots back. */
  void flush();

  /** The counters of this socket; asked by the owner thread. */
  Counters counters();

  @Override
  void close();

  /**
   * What went through the socket.
   *
   * @param messagesOut kernel messages; fewer than packetsOut when runs were sent as one
   * @param dropped packets that the kernel did not take (buffer full, no route)
   * @param segmentationFallbacks runs that had to be sent packet by packet
   */
  record Counters(
      long packetsIn,
      long packetsOut,
      long messagesOut,
      long dropped,
      long segmentationFallbacks) {}
}
