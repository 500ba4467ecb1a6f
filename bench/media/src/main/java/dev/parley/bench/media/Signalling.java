package dev.parley.bench.media;

/** How the engine in {@link ParleyMain} is driven. Asked from several threads. */
interface Signalling {
  /** Opens a room for one run and closes the one before. */
  void openRoom();

  /** Takes the offer of a client that publishes one audio and one VP8 track; gives the answer. */
  String publish(String name, String offer);

  /** An offer of everything that is published. */
  String offer(String name);

  /** Takes the answer to it. */
  void answer(String name, String answer);
}
