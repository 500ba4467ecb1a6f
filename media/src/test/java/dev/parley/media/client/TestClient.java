package dev.parley.media.client;

import dev.parley.media.memory.Memory;
import dev.parley.media.memory.NativeBlock;
import dev.parley.media.transport.DtlsAssociation;
import dev.parley.media.transport.DtlsIdentity;
import dev.parley.media.transport.SrtpCipher;
import dev.parley.media.transport.SrtpKeys;
import dev.parley.media.transport.SrtpProfile;
import dev.parley.media.transport.SrtpReceiver;
import dev.parley.media.transport.SrtpSender;
import dev.parley.media.transport.StunMessage;
import dev.parley.media.transport.StunWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One peer connection of a client: controlling ICE agent, DTLS client, SRTP. One thread reads the
 * socket; sending is done by whoever holds the client, one at a time.
 */
public final class TestClient implements AutoCloseable {
  /** Takes what arrives; called on the reader's thread. */
  public interface Receiver {
    /** A packet as it came, still protected; RTP headers are readable. */
    void packet(TestClient client, ByteBuffer datagram);
  }

  /** The client's own credentials and identity, as they stand in its descriptions. */
  public static final String FRAGMENT = "testclient";

  public static final String PASSWORD = "testclientpasswordtestclient";
  private static final int DATAGRAM_BYTES = 2048;

  private final DtlsIdentity identity;
  private final SrtpCipher cipher;
  private final List<SrtpProfile> profiles;
  private final Receiver receiver;
  private final DatagramChannel channel;
  private final CountDownLatch reachable = new CountDownLatch(1);
  private final CountDownLatch secured = new CountDownLatch(1);
  private final NativeBlock slots = new NativeBlock(2 * DATAGRAM_BYTES);
  private final ByteBuffer outgoing = slots.buffer();
  private final AtomicLong received = new AtomicLong();
  private volatile @Nullable DtlsAssociation association;
  private @Nullable SrtpSender sender;
  private @Nullable SrtpReceiver opener;
  private String user = "";
  private String password = "";
  private @Nullable InetSocketAddress remote;
  private @Nullable ClientReader shared;

  public TestClient(
      DtlsIdentity identity, SrtpCipher cipher, List<SrtpProfile> profiles, Receiver receiver) {
    this.identity = identity;
    this.cipher = cipher;
    this.profiles = profiles;
    this.receiver = receiver;
    try {
      this.channel = DatagramChannel.open();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** The lines of a media section that tell of this client's transport. */
  public String transportLines(String setup) {
    return "a=ice-ufrag:%s\na=ice-pwd:%s\na=fingerprint:%s %s\na=setup:%s\n"
            .formatted(
                FRAGMENT,
                PASSWORD,
                identity.fingerprint().algorithm(),
                identity.fingerprint().value(),
                setup)
        + candidateLine();
  }

  /**
   * Takes a local port at {@code address}, for servers that want a candidate in the description.
   */
  public TestClient bind(InetAddress address) {
    try {
      channel.bind(new InetSocketAddress(address, 0));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    return this;
  }

  /** Lets {@code reader} read for this client, instead of a thread of its own. */
  public TestClient readBy(ClientReader reader) {
    shared = reader;
    return this;
  }

  /** A candidate line with the bound port, or nothing when none is bound. */
  private String candidateLine() {
    int port = channel.socket().getLocalPort();
    String host = channel.socket().getLocalAddress().getHostAddress();
    return port <= 0 ? "" : "a=candidate:1 1 udp 2130706431 " + host + " " + port + " typ host\n";
  }

  /** Connects to the transport that a description of the engine names. */
  public TestClient connect(String description) {
    user = find(description, "a=ice-ufrag:(\\S+)") + ":" + FRAGMENT;
    password = find(description, "a=ice-pwd:(\\S+)");
    Matcher candidate =
        Pattern.compile("a=candidate:\\S+ 1 udp \\d+ (\\S+) (\\d+) typ host").matcher(description);
    if (!candidate.find()) {
      throw new IllegalArgumentException("no UDP candidate");
    }
    remote = new InetSocketAddress(candidate.group(1), Integer.parseInt(candidate.group(2)));
    try {
      channel.setOption(java.net.StandardSocketOptions.SO_RCVBUF, 1 << 20);
      channel.connect(remote);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    ClientReader reader = shared;
    if (reader == null) {
      Thread.ofPlatform().daemon().name("test-client").start(this::read);
    } else {
      reader.register(channel, this);
    }
    return this;
  }

  private static String find(String text, String pattern) {
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    if (!matcher.find()) {
      throw new IllegalArgumentException("description lacks " + pattern);
    }
    return matcher.group(1);
  }

  /** Checks connectivity until it is answered, then shakes hands; waits for both. */
  public TestClient awaitSecured() throws InterruptedException {
    for (int i = 0; i < 200 && !reachable.await(50, TimeUnit.MILLISECONDS); i++) {
      check();
    }
    if (reachable.getCount() > 0) {
      throw new IllegalStateException("no answer to connectivity checks");
    }
    DtlsClient client =
        new DtlsClient(
            identity,
            profiles,
            (in, out) -> {
              keyed(in, out);
              secured.countDown();
            });
    association =
        DtlsAssociation.start(
            client.handshake(), bytes -> send(ByteBuffer.wrap(bytes)), reason -> {});
    if (!secured.await(30, TimeUnit.SECONDS)) {
      throw new IllegalStateException("no DTLS");
    }
    return this;
  }

  private synchronized void keyed(SrtpKeys in, SrtpKeys out) {
    opener = new SrtpReceiver(cipher, in);
    sender = new SrtpSender(cipher, out);
  }

  /** Sends one connectivity check that nominates. */
  public void check() {
    byte[] transaction = new byte[12];
    ByteBuffer.wrap(transaction).putLong(System.nanoTime());
    send(
        ByteBuffer.wrap(
            new StunWriter(StunMessage.BINDING_REQUEST, transaction)
                .username(user)
                .attribute(StunMessage.ICE_CONTROLLING, new byte[8])
                .attribute(StunMessage.PRIORITY, (byte) 1, (byte) 0, (byte) 0, (byte) 0)
                .attribute(StunMessage.USE_CANDIDATE)
                .finish(password)));
  }

  private void read() {
    ByteBuffer buffer = ByteBuffer.allocateDirect(DATAGRAM_BYTES);
    try {
      while (channel.isOpen()) {
        buffer.clear();
        channel.read(buffer);
        take(buffer.flip());
      }
    } catch (ClosedChannelException | PortUnreachableException closed) {
      // The test is over, or the server is.
    } catch (IOException failed) {
      if (channel.isOpen()) {
        throw new UncheckedIOException(failed);
      }
    }
  }

  void take(ByteBuffer datagram) {
    int first = datagram.hasRemaining() ? datagram.get(0) & 0xff : 255;
    if (first < 4) {
      stun(datagram);
    } else if (first >= 20 && first < 64) {
      byte[] bytes = new byte[datagram.remaining()];
      datagram.get(bytes);
      DtlsAssociation running = association;
      if (running != null) {
        running.receive(bytes);
      }
    } else if (first >= 128 && first < 192) {
      received.incrementAndGet();
      receiver.packet(this, datagram);
    }
  }

  /** An answer says that the path works; a question, from a full agent, wants one. */
  private void stun(ByteBuffer datagram) {
    byte[] bytes = new byte[datagram.remaining()];
    datagram.get(bytes);
    StunMessage message = StunMessage.parse(bytes).orElse(null);
    if (message == null) {
      return;
    }
    if (message.type() == StunMessage.BINDING_SUCCESS) {
      reachable.countDown();
    } else if (message.type() == StunMessage.BINDING_REQUEST && remote != null) {
      send(
          ByteBuffer.wrap(
              new StunWriter(StunMessage.BINDING_SUCCESS, message.transaction())
                  .mappedAddress(remote)
                  .finish(PASSWORD)));
    }
  }

  /** Media datagrams that arrived. */
  public long received() {
    return received.get();
  }

  /** The client's native slot for building packets; {@link #sendRtp} takes from it. */
  public long slot() {
    return slots.address();
  }

  /** Protects and sends the RTP packet in {@link #slot}. */
  public synchronized void sendRtp(int headerLength, int length, long index) {
    if (sender != null) {
      send(outgoing.clear().limit(sender.protectRtp(slot(), headerLength, length, index)));
    }
  }

  /** Protects and sends the RTCP packet in {@link #slot}. */
  public synchronized void sendRtcp(int length) {
    if (sender != null) {
      send(outgoing.clear().limit(sender.protectRtcp(slot(), length)));
    }
  }

  /** Sends the last protected packet once more, byte for byte. */
  public synchronized void replayLast() {
    send(outgoing.rewind());
  }

  /** Opens a received datagram in a slot of its own; gives its plain length or a reason. */
  public synchronized int open(ByteBuffer datagram, boolean rtcp) {
    SrtpReceiver keyed = opener;
    if (keyed == null) {
      return SrtpReceiver.MALFORMED;
    }
    int length = datagram.remaining();
    byte[] bytes = new byte[length];
    datagram.duplicate().get(bytes);
    Memory.copyIn(bytes, 0, opened(), length);
    return rtcp ? keyed.openRtcp(opened(), length) : keyed.openRtp(opened(), length);
  }

  /** Where {@link #open} puts its packet. */
  public long opened() {
    return slots.address() + DATAGRAM_BYTES;
  }

  /** Sends bytes as they are. */
  public void send(ByteBuffer bytes) {
    try {
      channel.write(bytes);
    } catch (ClosedChannelException | PortUnreachableException closed) {
      // The test is over, or the server is.
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  @Override
  public void close() {
    DtlsAssociation running = association;
    if (running != null) {
      running.close();
    }
    try {
      channel.close();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
