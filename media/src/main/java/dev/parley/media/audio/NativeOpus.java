package dev.parley.media.audio;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.Optional;

/**
 * libopus through the foreign-function API, from the native library that the lwjgl-opus artifact
 * carries; nothing of LWJGL itself is used. Copies through memory of its own and allocates nothing
 * per frame.
 */
public final class NativeOpus implements OpusCodec {
  private static final int APPLICATION_VOIP = 2048;
  private static final int SET_BITRATE = 4002;
  private static final int SET_COMPLEXITY = 4010;
  private static final int SET_INBAND_FEC = 4012;
  private static final int SET_LOSS_PERCENT = 4014;
  private static final int SET_SIGNAL = 4024;
  private static final int SIGNAL_VOICE = 3001;

  private final MethodHandle createEncoder;
  private final MethodHandle destroyEncoder;
  private final MethodHandle controlEncoder;
  private final MethodHandle encode;
  private final MethodHandle createDecoder;
  private final MethodHandle destroyDecoder;
  private final MethodHandle decode;

  private NativeOpus(SymbolLookup library) {
    FunctionDescriptor destroy = FunctionDescriptor.ofVoid(ADDRESS);
    createEncoder =
        bind(
            library,
            "opus_encoder_create",
            FunctionDescriptor.of(ADDRESS, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS));
    destroyEncoder = bind(library, "opus_encoder_destroy", destroy);
    controlEncoder =
        bind(
            library,
            "opus_encoder_ctl",
            FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT),
            Linker.Option.firstVariadicArg(2));
    encode =
        bind(
            library,
            "opus_encode",
            FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, JAVA_INT, ADDRESS, JAVA_INT));
    createDecoder =
        bind(
            library,
            "opus_decoder_create",
            FunctionDescriptor.of(ADDRESS, JAVA_INT, JAVA_INT, ADDRESS));
    destroyDecoder = bind(library, "opus_decoder_destroy", destroy);
    decode =
        bind(
            library,
            "opus_decode",
            FunctionDescriptor.of(
                JAVA_INT, ADDRESS, ADDRESS, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT));
  }

  private static MethodHandle bind(
      SymbolLookup library, String name, FunctionDescriptor shape, Linker.Option... options) {
    return Linker.nativeLinker().downcallHandle(library.findOrThrow(name), shape, options);
  }

  /** The codec, or empty when this platform's library is not on the class path or cannot load. */
  public static Optional<NativeOpus> load() {
    String resource = resource();
    try (InputStream bytes = NativeOpus.class.getClassLoader().getResourceAsStream(resource)) {
      if (bytes == null) {
        return Optional.empty();
      }
      Path file = Files.createTempFile("parley-opus", ".lib");
      Files.copy(bytes, file, StandardCopyOption.REPLACE_EXISTING);
      SymbolLookup library = SymbolLookup.libraryLookup(file, Arena.global());
      Files.deleteIfExists(file);
      return Optional.of(new NativeOpus(library));
    } catch (IOException | IllegalArgumentException | UnsatisfiedLinkError unusable) {
      return Optional.empty();
    }
  }

  private static String resource() {
    String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    String machine = System.getProperty("os.arch", "");
    String processor = machine.equals("aarch64") ? "arm64" : "x64";
    if (system.startsWith("mac")) {
      return "macos/" + processor + "/org/lwjgl/opus/libopus.dylib";
    }
    return "linux/" + processor + "/org/lwjgl/opus/libopus.so";
  }

  @Override
  public String name() {
    return "libopus (foreign function)";
  }

  @Override
  public AudioEncoder encoder() {
    return new Encoder();
  }

  @Override
  public AudioDecoder decoder() {
    return new Decoder();
  }

  private static MemorySegment checked(MemorySegment state) {
    if (state.equals(MemorySegment.NULL)) {
      throw new IllegalStateException("libopus refuses 48 kHz mono");
    }
    return state;
  }

  private static IllegalStateException broken(Throwable fault) {
    return new IllegalStateException("a call to libopus failed", fault);
  }

  private final class Encoder implements AudioEncoder {
    private final Arena arena = Arena.ofShared();
    private final MemorySegment pcmCopy = arena.allocate(2L * AudioLimits.FRAME_SAMPLES, 2);
    private final MemorySegment packet = arena.allocate(AudioLimits.PACKET_BYTES_MAX);
    private final MemorySegment opus;
    private boolean closed;

    Encoder() {
      try {
        opus =
            checked(
                (MemorySegment)
                    createEncoder.invokeExact(
                        AudioLimits.SAMPLE_RATE, 1, APPLICATION_VOIP, MemorySegment.NULL));
      } catch (Throwable fault) {
        throw broken(fault);
      }
      set(SET_BITRATE, AudioLimits.OPUS_BITRATE);
      set(SET_COMPLEXITY, AudioLimits.OPUS_COMPLEXITY);
      set(SET_SIGNAL, SIGNAL_VOICE);
      set(SET_INBAND_FEC, 1);
      set(SET_LOSS_PERCENT, AudioLimits.OPUS_LOSS_PERCENT);
    }

    private void set(int what, int value) {
      try {
        int answer = (int) controlEncoder.invokeExact(opus, what, value);
        if (answer != 0) {
          throw new IllegalStateException("libopus refuses setting " + what + ": " + answer);
        }
      } catch (Throwable fault) {
        throw broken(fault);
      }
    }

    @Override
    public int encode(short[] pcm, int pcmOffset, byte[] out, int offset, int capacity) {
      MemorySegment.copy(pcm, pcmOffset, pcmCopy, JAVA_SHORT, 0, AudioLimits.FRAME_SAMPLES);
      int room = Math.min(capacity, AudioLimits.PACKET_BYTES_MAX);
      int length;
      try {
        length = (int) encode.invokeExact(opus, pcmCopy, AudioLimits.FRAME_SAMPLES, packet, room);
      } catch (Throwable fault) {
        throw broken(fault);
      }
      if (length < 0) {
        throw new IllegalStateException("libopus refuses a frame of 20 ms: " + length);
      }
      MemorySegment.copy(packet, JAVA_BYTE, 0, out, offset, length);
      return length;
    }

    @Override
    public int timestampStep() {
      return AudioLimits.FRAME_SAMPLES;
    }

    @Override
    public void close() {
      if (closed) {
        return;
      }
      closed = true;
      try {
        destroyEncoder.invokeExact(opus);
      } catch (Throwable fault) {
        throw broken(fault);
      }
      arena.close();
    }
  }

  private final class Decoder implements AudioDecoder {
    private final Arena arena = Arena.ofShared();
    private final MemorySegment sound = arena.allocate(2L * AudioLimits.PACKET_SAMPLES_MAX, 2);
    private final MemorySegment packet = arena.allocate(AudioLimits.PACKET_BYTES_MAX);
    private final MemorySegment opus;
    private boolean closed;

    Decoder() {
      try {
        opus =
            checked(
                (MemorySegment)
                    createDecoder.invokeExact(AudioLimits.SAMPLE_RATE, 1, MemorySegment.NULL));
      } catch (Throwable fault) {
        throw broken(fault);
      }
    }

    @Override
    public int decode(byte[] payload, int offset, int length, short[] pcm, int pcmOffset) {
      if (length <= 0 || length > AudioLimits.PACKET_BYTES_MAX) {
        return -1;
      }
      MemorySegment.copy(payload, offset, packet, JAVA_BYTE, 0, length);
      int samples = call(packet, length, AudioLimits.PACKET_SAMPLES_MAX, 0);
      if (samples <= 0) {
        return -1;
      }
      MemorySegment.copy(sound, JAVA_SHORT, 0, pcm, pcmOffset, samples);
      return samples;
    }

    @Override
    public void conceal(
        byte[] next, int offset, int length, short[] pcm, int pcmOffset, int samples) {
      int made = -1;
      if (length > 0 && length <= AudioLimits.PACKET_BYTES_MAX) {
        MemorySegment.copy(next, offset, packet, JAVA_BYTE, 0, length);
        made = call(packet, length, samples, 1);
      }
      if (made < 0) {
        made = call(MemorySegment.NULL, 0, samples, 0);
      }
      MemorySegment.copy(sound, JAVA_SHORT, 0, pcm, pcmOffset, Math.max(0, made));
      for (int each = Math.max(0, made); each < samples; each++) {
        pcm[pcmOffset + each] = 0;
      }
    }

    private int call(MemorySegment bytes, int length, int samplesMax, int repair) {
      try {
        return (int) decode.invokeExact(opus, bytes, length, sound, samplesMax, repair);
      } catch (Throwable fault) {
        throw broken(fault);
      }
    }

    @Override
    public void close() {
      if (closed) {
        return;
      }
      closed = true;
      try {
        destroyDecoder.invokeExact(opus);
      } catch (Throwable fault) {
        throw broken(fault);
      }
      arena.close();
    }
  }
}
