package dev.parley.kit.http;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApiVersionTest {
  /** The last two are what the rooms client for Python 3.11 makes of its enum in a next link. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "2025-03-13",
        "2022-03-01-preview",
        "2021-10-20-preview2",
        "ApiVersion.V2025_03_13",
        "ApiVersion.V2023_10_30_PREVIEW"
      })
  void whatSdksSendIsTaken(String version) {
    assertThatCode(() -> ApiVersion.require(QueryString.parse("api-version=" + version)))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "latest",
        "2025_03_13",
        "2025-3-13",
        "20250313",
        "2025-03-13-",
        "2025-03-13preview",
        "V2025_03_13",
        "ApiVersion.V",
        "ApiVersion.LATEST",
        "ApiVersion.VApiVersion.V2025_03_13"
      })
  void anythingElseIsRefused(String version) {
    assertThatThrownBy(() -> ApiVersion.require(QueryString.parse("api-version=" + version)))
        .isInstanceOf(ProblemException.class);
  }
}
