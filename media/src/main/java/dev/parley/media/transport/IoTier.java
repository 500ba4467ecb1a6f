package dev.parley.media.transport;

/** How datagrams reach the kernel. */
public enum IoTier {
  /** {@code java.nio} channels, on any system; one call and some garbage per datagram. */
  PORTABLE,
  /** Linux {@code recvmmsg} and {@code sendmmsg} through the foreign-function interface. */
  LINUX
}
