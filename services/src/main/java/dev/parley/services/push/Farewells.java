package dev.parley.services.push;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The clients that unregistered. They close their socket first, so their session is gone by then;
 * and when they start again they bring their old place, which they gave up. A restart forgets this;
 * then such a client gets what it missed. Guarded by its monitor.
 */
final class Farewells {
  private record Client(String user, String registration) {}

  private final Map<Client, Boolean> clients;

  Farewells(int max) {
    clients =
        new LinkedHashMap<>() {
          private static final long serialVersionUID = 1;

          @Override
          protected boolean removeEldestEntry(Map.Entry<Client, Boolean> eldest) {
            return size() > max;
          }
        };
  }

  synchronized void remember(String user, String registration) {
    clients.put(new Client(user, registration), true);
  }

  /** Whether the client had unregistered; it is forgotten with this. */
  synchronized boolean forget(String user, String registration) {
    return clients.remove(new Client(user, registration)) != null;
  }
}
