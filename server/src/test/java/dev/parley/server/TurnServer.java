package dev.parley.server;

import java.io.File;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A coturn of this test on a free port of the loopback, and its own client. */
final class TurnServer implements AutoCloseable {
  static final String BINARY = "turnserver";
  private static final String CLIENT = "turnutils_uclient";
  private static final String LOOPBACK = "127.0.0.1";
  private static final int STARTS_MAX = 5;
  private static final int KNOCKS_MAX = 100;
  private static final int ANSWER_MILLIS = 100;
  private static final long CLIENT_SECONDS_MAX = 60;

  private final Process process;
  private final int port;
  private final Path folder;

  private TurnServer(Process process, int port, Path folder) {
    this.process = process;
    this.port = port;
    this.folder = folder;
  }

  static boolean isInstalled() {
    return List.of(System.getenv("PATH").split(File.pathSeparator)).stream()
        .anyMatch(directory -> Files.isExecutable(Path.of(directory, BINARY)));
  }

  /**
   * Starts one that believes credentials made with {@code secret}. Between finding a free port and
   * its use another process may take it; then another port is tried.
   */
  static TurnServer start(Path folder, String secret) throws Exception {
    for (int attempt = 0; attempt < STARTS_MAX; attempt++) {
      int port = freePort();
      Path log = folder.resolve("turnserver-" + port + ".log");
      TurnServer server = new TurnServer(launch(folder, secret, port, log), port, folder);
      if (server.answers()) {
        return server;
      }
      server.close();
    }
    throw new IllegalStateException("coturn does not start; see its logs in " + folder);
  }

  /** One that is free for UDP and for TCP; the client tries both. */
  private static int freePort() throws IOException {
    InetAddress loopback = InetAddress.getByName(LOOPBACK);
    try (ServerSocket tcp = new ServerSocket(0, 1, loopback)) {
      new DatagramSocket(new InetSocketAddress(loopback, tcp.getLocalPort())).close();
      return tcp.getLocalPort();
    }
  }

  private static Process launch(Path folder, String secret, int port, Path log) throws IOException {
    return new ProcessBuilder(
            BINARY,
            "-n",
            "--listening-ip=" + LOOPBACK,
            "--relay-ip=" + LOOPBACK,
            "--listening-port=" + port,
            "--no-tls",
            "--no-dtls",
            "--no-cli",
            "--use-auth-secret",
            "--static-auth-secret=" + secret,
            "--realm=parley.test",
            "--allow-loopback-peers",
            "--userdb=" + folder.resolve("turndb"),
            "--pidfile=" + folder.resolve("turn.pid"),
            "--log-file=stdout")
        .directory(folder.toFile())
        .redirectErrorStream(true)
        .redirectOutput(log.toFile())
        .start();
  }

  /** Knocks with binding requests (RFC 8489 §5) until one is answered. */
  private boolean answers() throws IOException {
    ByteBuffer request = ByteBuffer.allocate(20).putShort((short) 1).putShort((short) 0);
    request.putInt(0x2112A442).putLong(port).putInt(7);
    try (DatagramSocket socket = new DatagramSocket()) {
      socket.connect(InetAddress.getByName(LOOPBACK), port);
      socket.setSoTimeout(ANSWER_MILLIS);
      for (int knock = 0; knock < KNOCKS_MAX && process.isAlive(); knock++) {
        if (isAnswered(socket, request.array())) {
          return true;
        }
      }
      return false;
    }
  }

  private boolean isAnswered(DatagramSocket socket, byte[] request) throws IOException {
    try {
      socket.send(new DatagramPacket(request, request.length));
      socket.receive(new DatagramPacket(new byte[500], 500));
      return true;
    } catch (SocketTimeoutException notYet) {
      return false;
    } catch (PortUnreachableException notYet) {
      process.onExit().completeOnTimeout(process, ANSWER_MILLIS, TimeUnit.MILLISECONDS).join();
      return false;
    }
  }

  /** What {@code relay.urls} says of it. */
  String url() {
    return "turn:" + LOOPBACK + ":" + port + "?transport=udp";
  }

  /** What coturn's client said, with whether it was content. */
  record Tried(boolean allocated, String output) {}

  /**
   * Lets coturn's client allocate two relays and send messages from one to the other.
   *
   * @param transport {@code udp}, or {@code tcp} between client and server
   */
  Tried relay(String username, String password, String transport) throws Exception {
    Path output = Files.createTempFile(folder, "uclient-", ".log");
    List<String> command =
        new ArrayList<>(
            List.of(CLIENT, "-u", username, "-w", password, "-p", "" + port, "-L", LOOPBACK));
    command.addAll(List.of("-y", "-c", "-n", "2", "-m", "2"));
    if (transport.equals("tcp")) {
      command.add("-t");
    }
    command.add(LOOPBACK);
    Process client =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    if (!client.waitFor(CLIENT_SECONDS_MAX, TimeUnit.SECONDS)) {
      client.destroyForcibly();
      throw new IllegalStateException(CLIENT + " does not end: " + Files.readString(output));
    }
    return new Tried(client.exitValue() == 0, Files.readString(output));
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().orTimeout(CLIENT_SECONDS_MAX, TimeUnit.SECONDS).join();
  }
}
