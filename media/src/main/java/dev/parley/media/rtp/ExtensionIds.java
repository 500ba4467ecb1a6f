package dev.parley.media.rtp;

import java.util.Map;

/** Under which ids one client sends which extensions; 0 for none. Immutable. */
public final class ExtensionIds {
  /** Nothing is agreed. */
  public static final ExtensionIds NONE = new ExtensionIds(Map.of());

  private final int[] ids = new int[HeaderExtension.values().length];

  /** The ids as the client's description names them. */
  public ExtensionIds(Map<HeaderExtension, Integer> agreed) {
    agreed.forEach((extension, id) -> ids[extension.ordinal()] = id);
  }

  /** The id of {@code extension}, or 0. */
  public int id(HeaderExtension extension) {
    return ids[extension.ordinal()];
  }

  /** Where the extension starts in {@code packet}, or 0. */
  public int find(HeaderExtension extension, RtpPacket packet) {
    int id = ids[extension.ordinal()];
    return id == 0 ? 0 : packet.extensionAt(id);
  }
}
