package dev.parley.services.calling.wire;

import java.util.List;

/** The relays that a client may use to reach the media, with credentials of its own. */
@FunctionalInterface
public interface IceServers {
  /** No relay: clients reach the media directly, over UDP or TCP. */
  IceServers NONE = user -> List.of();

  /**
   * A relay.
   *
   * @param urls as RFC 7064 and RFC 7065 write them
   */
  record Server(List<String> urls, String username, String credential) {
    public Server {
      urls = List.copyOf(urls);
    }
  }

  /** The relays of a user, by raw id. */
  List<Server> of(String user);
}
