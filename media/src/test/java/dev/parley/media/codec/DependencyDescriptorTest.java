package dev.parley.media.codec;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The Dependency Descriptor with template structure, defaults and custom fields. */
final class DependencyDescriptorTest {
  private final DependencyDescriptorReader reader = new DependencyDescriptorReader();
  private final VideoPacket packet = new VideoPacket();

  private boolean read(byte[] bytes) {
    packet.begin(0, 1, 2, false, 3);
    return reader.read(new ArrayBytes(bytes), 0, bytes.length, packet);
  }

  /** L1T2: two templates, two decode targets, one chain, resolution 640 x 360. */
  private static byte[] keyFrame() {
    return new BitWriter()
        .bits(1, 1)
        .bits(0, 1)
        .bits(5, 6)
        .bits(1000, 16)
        .bits(0b10000, 5)
        .bits(5, 6)
        .bits(1, 5)
        .bits(1, 2)
        .bits(3, 2)
        .bits(2, 2)
        .bits(2, 2)
        .bits(0, 2)
        .bits(1, 2)
        .bits(1, 1)
        .bits(1, 4)
        .bits(0, 1)
        .bits(1, 1)
        .bits(0, 4)
        .bits(0, 1)
        .nonSymmetric(1, 3)
        .nonSymmetric(0, 1)
        .nonSymmetric(0, 1)
        .bits(2, 4)
        .bits(1, 4)
        .bits(1, 1)
        .bits(639, 16)
        .bits(359, 16)
        .bytes();
  }

  @Test
  void structureAndTemplateTellTheFrame() {
    assertThat(read(keyFrame())).isTrue();
    assertThat(packet.keyFrame()).isTrue();
    assertThat(packet.startOfFrame()).isTrue();
    assertThat(packet.endOfFrame()).isFalse();
    assertThat(packet.pictureId()).isEqualTo(1000);
    assertThat(packet.frameDiffCount).isEqualTo(1);
    assertThat(packet.frameDiffs[0]).isEqualTo(2);
    DependencyStructure structure = java.util.Objects.requireNonNull(packet.structure);
    assertThat(structure.decodeTargetFor(0, 0, -1)).isZero();
    assertThat(structure.decodeTargetFor(2, 2, -1)).isEqualTo(1);
    assertThat(DependencyStructure.indication(packet.decodeTargetIndications, 1)).isEqualTo(2);
  }

  @Test
  void stoppedLayersAreNotChosen() {
    read(keyFrame());
    read(
        new BitWriter()
            .bits(1, 1)
            .bits(1, 1)
            .bits(5, 6)
            .bits(1001, 16)
            .bits(0b01000, 5)
            .bits(1, 2)
            .bytes());
    DependencyStructure structure = java.util.Objects.requireNonNull(packet.structure);
    assertThat(packet.activeDecodeTargets).isEqualTo(1);
    assertThat(structure.decodeTargetFor(2, 2, packet.activeDecodeTargets)).isZero();
  }

  @Test
  void threeByteDescriptorUsesTheTemplate() {
    read(keyFrame());
    assertThat(read(new BitWriter().bits(1, 1).bits(1, 1).bits(6, 6).bits(1001, 16).bytes()))
        .isTrue();
    assertThat(packet.keyFrame()).isFalse();
    assertThat(packet.temporalId()).isEqualTo(1);
    assertThat(packet.frameDiffs[0]).isEqualTo(1);
    assertThat(DependencyStructure.indication(packet.decodeTargetIndications, 0)).isZero();
    assertThat(DependencyStructure.indication(packet.decodeTargetIndications, 1)).isEqualTo(1);
  }

  @Test
  void customFieldsOverrideTheTemplate() {
    read(keyFrame());
    byte[] custom =
        new BitWriter()
            .bits(1, 1)
            .bits(1, 1)
            .bits(6, 6)
            .bits(1002, 16)
            .bits(0b01110, 5)
            .bits(3, 2)
            .bits(3, 2)
            .bits(2, 2)
            .bits(2, 2)
            .bits(99, 8)
            .bits(3, 2)
            .bits(1023, 12)
            .bits(0, 2)
            .bytes();
    assertThat(read(custom)).isTrue();
    assertThat(packet.frameDiffCount).isEqualTo(2);
    assertThat(packet.frameDiffs[0]).isEqualTo(100);
    assertThat(packet.frameDiffs[1]).isEqualTo(1024);
    assertThat(DependencyStructure.indication(packet.decodeTargetIndications, 0)).isEqualTo(3);
  }

  @Test
  void withoutStructureNothingCanBePlaced() {
    assertThat(read(new byte[] {(byte) 0xc0, 0, 1})).isFalse();
  }

  @Test
  void cutStructureIsRefusedAndTheOldOneStays() {
    read(keyFrame());
    byte[] whole = keyFrame();
    for (int length = 0; length < whole.length; length++) {
      boolean plain = length == 3;
      assertThat(read(java.util.Arrays.copyOf(whole, length))).as("%d", length).isEqualTo(plain);
    }
    assertThat(read(new byte[] {(byte) 0xc6, 0, 1})).isTrue();
  }

  @Test
  void unknownTemplateIsRefused() {
    read(keyFrame());
    assertThat(read(new byte[] {(byte) 0xc9, 0, 1})).isFalse();
  }
}
