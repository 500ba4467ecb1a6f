package dev.parley.media.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Payload heads by hand from the RFCs, with what the parser must find; and those it must refuse.
 */
final class PayloadTableTest {
  @ParameterizedTest(name = "{0} {1}")
  @CsvSource(
      nullValues = "-",
      value = {
        // codec, payload, key, start, end(marker false), spatial, temporal, picture, base, switchUp
        "VP8,  10 00,                   true,  true,  false, 0, 0, -1, -1, false",
        "VP8,  10 01,                   false, true,  false, 0, 0, -1, -1, false",
        "VP8,  00 00,                   false, false, false, 0, 0, -1, -1, false",
        "VP8,  11 00,                   false, false, false, 0, 0, -1, -1, false",
        "VP8,  90 80 7f 00,             true,  true,  false, 0, 0, 127, -1, false",
        "VP8,  90 80 81 02 00,          true,  true,  false, 0, 0, 258, -1, false",
        "VP8,  90 e0 ff ff 2a a0 01,    false, true,  false, 0, 2, 32767, 42, true",
        "VP8,  90 10 1f 01,             false, true,  false, 0, 0, -1, -1, false",
        "VP9,  88 05 00,                true,  true,  false, 0, 0, 5, -1, false",
        "VP9,  cc 05 00,                false, true,  true,  0, 0, 5, -1, false",
        "VP9,  a8 80 81 52 07 00,       false, true,  false, 1, 2, 129, 7, true",
        "VP9,  ac 80 81 00 07 00,       true,  true,  true,  0, 0, 129, 7, false",
        "VP9,  f8 80 81 44 03 02 00,    false, true,  false, 2, 2, 129, -1, false",
        "VP9,  8a 05 18 01 40 00 f0 00 00 00, true, true, false, 0, 0, 5, -1, false",
        "VP9,  8a 05 08 01 04 03 00,    true,  true,  false, 0, 0, 5, -1, false",
        "H264, 67 42 e0,                true,  true,  false, 0, 0, -1, -1, false",
        "H264, 65 88,                   true,  true,  false, 0, 0, -1, -1, false",
        "H264, 65 48,                   true,  false, false, 0, 0, -1, -1, false",
        "H264, 61 88,                   false, true,  false, 0, 0, -1, -1, false",
        "H264, 18 00 02 67 42 00 02 68 ce, true, true, false, 0, 0, -1, -1, false",
        "H264, 7c 85 88,                true,  true,  false, 0, 0, -1, -1, false",
        "H264, 7c 45 88,                true,  false, false, 0, 0, -1, -1, false",
        "H264, 7c 81 88,                false, true,  false, 0, 0, -1, -1, false",
        "AV1,  18 0a 01,                true,  true,  false, 0, 0, -1, -1, false",
        "AV1,  10 32 01,                false, false, false, 0, 0, -1, -1, false",
        "AV1,  20 01 0a 32 01,          false, false, false, 0, 0, -1, -1, false",
        "AV1,  00 02 0a 32,             false, false, false, 0, 0, -1, -1, false",
      })
  void headTells(
      VideoCodec codec,
      String hex,
      boolean key,
      boolean start,
      boolean end,
      int spatial,
      int temporal,
      int picture,
      int base,
      boolean switchUp) {
    VideoPacket packet = parse(codec, hex);
    assertThat(packet.keyFrame()).as("key").isEqualTo(key);
    assertThat(packet.startOfFrame()).as("start").isEqualTo(start);
    assertThat(packet.endOfFrame()).as("end").isEqualTo(end);
    assertThat(packet.spatialId()).isEqualTo(spatial);
    assertThat(packet.temporalId()).isEqualTo(temporal);
    assertThat(packet.pictureId()).isEqualTo(picture);
    assertThat(packet.baseIndex()).isEqualTo(base);
    assertThat(packet.switchUp).isEqualTo(switchUp);
  }

  private static VideoPacket parse(VideoCodec codec, String hex) {
    byte[] bytes = HexFormat.of().parseHex(hex.replace(" ", ""));
    VideoPacket packet = new VideoPacket();
    packet.begin(0, 1, 2, false, 3);
    boolean parsed = codec.parser().parse(new ArrayBytes(bytes), 0, bytes.length, packet);
    assertThat(parsed).isTrue();
    return packet;
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({
    "VP8, ''",
    "VP8, 10",
    "VP8, 90",
    "VP8, 9080",
    "VP8, 908081",
    "VP8, 90c001",
    "VP8, 90e00102",
    "VP9, ''",
    "VP9, 80",
    "VP9, 8080",
    "VP9, a005",
    "VP9, a00500",
    "VP9, f00500",
    "VP9, f0050001",
    "VP9, f00500010101",
    "VP9, 8205",
    "VP9, 820518",
    "VP9, 82050801",
    "VP9, 8205080108",
    "VP9, 8805",
    "H264, ''",
    "H264, 00",
    "H264, 18",
    "H264, 180000",
    "H264, 18000567",
    "H264, 1800",
    "H264, 7c85",
    "H264, 19",
    "H264, 1e",
    "AV1, ''",
    "AV1, 10",
    "AV1, 9800",
    "AV1, 2005",
    "AV1, 00ffffffffff7f",
    "AV1, 20010a",
  })
  void cutOrMalformedHeadIsRefused(VideoCodec codec, String hex) {
    byte[] bytes = HexFormat.of().parseHex(hex);
    VideoPacket packet = new VideoPacket();
    packet.begin(0, 1, 2, false, 3);
    assertThat(codec.parser().parse(new ArrayBytes(bytes), 0, bytes.length, packet)).isFalse();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "f8ff, 2, 960",
    "08ff, 2, 960",
    "00ff, 2, 480",
    "18ff, 2, 2880",
    "19ff, 2, 5760",
    "fb03, 2, 2880",
    "e000, 2, 120",
    "fbff, 2, -1",
    "fb00, 2, -1",
    "fb, 1, -1",
    "'', 0, -1",
  })
  void opusHeadTellsItsLength(String hex, int length, int samples) {
    ArrayBytes bytes = new ArrayBytes(HexFormat.of().parseHex(hex));
    assertThat(OpusPayload.samples(bytes, 0, length)).isEqualTo(samples);
  }
}
