package dev.parley.bench.chat;

import dev.parley.bench.Client;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Many sockets at once: opened and registered by a few workers, closed together. */
final class Crowd implements AutoCloseable {
  /** Sockets from one loopback address: well under the ports of it. */
  private static final int PER_ADDRESS = 4_000;

  private final List<PushClient> clients;

  private Crowd(List<PushClient> clients) {
    this.clients = clients;
  }

  /** A socket to open: for whom, and what the one before it was given to keep. */
  record Seat(Parley.User user, @Nullable String resume) {}

  /**
   * Opens all and returns once all are registered.
   *
   * @param workers that open them, each one after the other
   * @param heard makes a listener for each socket
   */
  static Crowd open(
      Parley parley, List<Seat> seats, int workers, Supplier<Consumer<String>> heard) {
    List<PushClient> made = Collections.synchronizedList(new ArrayList<>());
    List<Future<?>> running = new ArrayList<>();
    try (ExecutorService pool = Executors.newFixedThreadPool(workers)) {
      for (int worker = 0; worker < workers; worker++) {
        int first = worker;
        running.add(
            pool.submit(() -> {
              openEach(parley, seats, first, workers, heard, made);
              return null;
            }));
      }
      for (Future<?> one : running) {
        one.get();
      }
    } catch (InterruptedException hurry) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(hurry);
    } catch (ExecutionException failed) {
      throw new IllegalStateException("opening " + seats.size() + " sockets", failed.getCause());
    }
    return new Crowd(List.copyOf(made));
  }

  private static void openEach(
      Parley parley,
      List<Seat> seats,
      int first,
      int step,
      Supplier<Consumer<String>> heard,
      List<PushClient> made)
      throws InterruptedException {
    try (Client registrations = new Client(parley.endpoint())) {
      for (int at = first; at < seats.size(); at += step) {
        Seat seat = seats.get(at);
        PushClient client =
            new PushClient(
                parley.endpoint(),
                address(at / PER_ADDRESS),
                seat.user(),
                seat.resume(),
                heard.get());
        client.register(registrations);
        made.add(client);
      }
    }
  }

  private static InetAddress address(int number) {
    try {
      return InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) (number + 1)});
    } catch (UnknownHostException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  static List<Seat> seats(List<Parley.User> users) {
    return users.stream().map(user -> new Seat(user, null)).toList();
  }

  /** The same people, each going on from where their socket came. */
  List<Seat> again() {
    return clients.stream().map(client -> new Seat(client.user(), client.resume())).toList();
  }

  @Override
  public void close() {
    clients.forEach(PushClient::close);
  }
}
