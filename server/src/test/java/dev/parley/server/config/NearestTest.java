package dev.parley.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestTest {
  @ParameterizedTest
  @CsvSource({"port,port,0", "prot,port,1", "por,port,1", "ports,port,1", "pert,port,1", "'',ab,2"})
  void countsEdits(String from, String to, int edits) {
    assertThat(Nearest.distance(from, to)).isEqualTo(edits);
    assertThat(Nearest.distance(to, from)).isEqualTo(edits);
  }

  @Test
  void findsTheClosestWord() {
    assertThat(Nearest.to("--pubic-url", List.of("--port", "--public-url", "--bind")))
        .contains("--public-url");
  }

  @Test
  void saysNothingWhenNothingIsClose() {
    assertThat(Nearest.to("frobnicate", List.of("up", "token", "keys"))).isEmpty();
  }
}
