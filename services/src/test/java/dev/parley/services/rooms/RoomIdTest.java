package dev.parley.services.rooms;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.kit.base.ResourceId;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RoomIdTest {
  private static final ResourceId RESOURCE = new ResourceId(new UUID(1, 1));

  @Test
  void newIdHasSeventeenDigitsWhateverTheRandomBytes() {
    assertThat(RoomId.of(RESOURCE, new byte[8]).text()).isEqualTo("99000000000000000");
    byte[] ones = {-1, -1, -1, -1, -1, -1, -1, -1};
    RoomId id = RoomId.of(RESOURCE, ones);
    assertThat(id.text()).isEqualTo("99744073709551615");
    assertThat(RoomId.parse(RESOURCE, id.text())).contains(id);
  }

  @ParameterizedTest
  @ValueSource(strings = {"9948698464260768", "99470916612704248"})
  void idsOfEitherLengthAreRead(String text) {
    assertThat(RoomId.parse(RESOURCE, text)).contains(new RoomId(RESOURCE, text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "123",
        "invalid_id",
        "994709166127042480",
        "9947091661270424x",
        "९९४७०९१६६१२७०४२४८"
      })
  void nothingElseIsAnId(String text) {
    assertThat(RoomId.parse(RESOURCE, text)).isEmpty();
  }

  @Test
  void roleIsFoundByItsWordInAnyCase() {
    for (RoomRole role : RoomRole.values()) {
      assertThat(RoomRole.of(role.word())).contains(role);
      assertThat(RoomRole.of(role.name())).contains(role);
    }
    assertThat(RoomRole.of("Kafka")).isEmpty();
  }
}
