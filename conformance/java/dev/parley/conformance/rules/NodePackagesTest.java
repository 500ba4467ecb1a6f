package dev.parley.conformance.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Microsoft's calling packages may not be installed here: their licence forbids what Parley does. A
 * package of ours may stand in their place under their name. Lock files name no registry host, so
 * that any mirror serves them.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NodePackagesTest {

  private static final Set<String> FORBIDDEN =
      Set.of("@azure/communication-calling", "@azure/communication-calling-effects");
  private static final String INSTALLED = "node_modules/";
  private static final JsonMapper JSON = new JsonMapper();

  private NodeFiles files = new NodeFiles(List.of(), List.of(), List.of());

  @BeforeAll
  void searchRepository() throws IOException {
    Path conformance = Path.of(System.getProperty("conformance.folder", "")).toAbsolutePath();
    files = NodeFiles.below(conformance.resolve("..").normalize());
  }

  @Test
  void noCallingPackageIsInstalled() throws IOException {
    for (Path manifest : files.manifests()) {
      String name = JSON.readTree(Files.readString(manifest)).path("name").asString("");
      assertThat(FORBIDDEN).as(manifest.toString()).doesNotContain(name);
    }
  }

  @Test
  void noLockFileInstallsACallingPackage() throws IOException {
    assertThat(files.lockFiles()).isNotEmpty();
    for (Path lock : files.lockFiles()) {
      assertThat(lock.getFileName())
          .as("npm is the only tool here")
          .hasToString("package-lock.json");
      assertThat(forbiddenIn(Files.readString(lock))).as(lock.toString()).isEmpty();
    }
  }

  @Test
  void noLockFileNamesARegistry() throws IOException {
    for (Path lock : files.lockFiles()) {
      assertThat(Files.readString(lock)).as(lock.toString()).doesNotContain("\"resolved\": \"http");
    }
  }

  @Test
  void everyNpmSettingOmitsResolvedAddresses() throws IOException {
    assertThat(files.npmSettings()).isNotEmpty();
    for (Path settings : files.npmSettings()) {
      assertThat(Files.readAllLines(settings))
          .as(settings.toString())
          .contains("omit-lockfile-registry-resolved=true");
    }
  }

  @Test
  void everyLockFileHasItsSettingsBesideIt() {
    for (Path lock : files.lockFiles()) {
      assertThat(lock.resolveSibling(".npmrc")).exists();
    }
  }

  /**
   * npm would install the UI library's peers beside it, and the calling packages are among them.
   */
  @Test
  void noPeersAreInstalledBesideTheUiLibrary() throws IOException {
    List<Path> locksWithUiLibrary = new ArrayList<>();
    for (Path lock : files.lockFiles()) {
      if (Files.readString(lock).contains("\"node_modules/@azure/communication-react\"")) {
        locksWithUiLibrary.add(lock);
      }
    }
    assertThat(locksWithUiLibrary).isNotEmpty();
    for (Path lock : locksWithUiLibrary) {
      assertThat(Files.readAllLines(lock.resolveSibling(".npmrc")))
          .as(lock.toString())
          .contains("legacy-peer-deps=true");
    }
  }

  @Test
  void ruleSeesTheRealPackageAtAnyDepth() {
    assertThat(forbiddenIn(lockOf("node_modules/@azure/communication-calling", "{}"))).hasSize(1);
    assertThat(
            forbiddenIn(
                lockOf("node_modules/a/node_modules/@azure/communication-calling-effects", "{}")))
        .hasSize(1);
    assertThat(forbiddenIn(lockOf("node_modules/b", "{\"name\":\"@azure/communication-calling\"}")))
        .hasSize(1);
  }

  @Test
  void ruleAllowsOurPackageInItsPlaceAndAPeerWish() {
    assertThat(
            forbiddenIn(
                lockOf(
                    "node_modules/@azure/communication-calling", "{\"name\":\"@parley/calling\"}")))
        .isEmpty();
    assertThat(forbiddenIn(lockOf("node_modules/@azure/communication-calling", "{\"link\":true}")))
        .isEmpty();
    assertThat(
            forbiddenIn(
                lockOf(
                    "node_modules/c",
                    "{\"peerDependencies\":{\"@azure/communication-calling\":\"1\"}}")))
        .isEmpty();
  }

  /** The places at which a lock file installs a forbidden package. */
  private static List<String> forbiddenIn(String lock) {
    JsonNode packages = JSON.readTree(lock).path("packages");
    return packages
        .propertyStream()
        .filter(entry -> !entry.getValue().path("link").asBoolean(false))
        .filter(entry -> FORBIDDEN.contains(installedName(entry.getKey(), entry.getValue())))
        .map(Map.Entry::getKey)
        .toList();
  }

  /** An entry with a name of its own is an alias: another package under that folder name. */
  private static String installedName(String place, JsonNode entry) {
    int last = place.lastIndexOf(INSTALLED);
    String folder = last < 0 ? "" : place.substring(last + INSTALLED.length());
    return entry.path("name").asString(folder);
  }

  private static String lockOf(String place, String entry) {
    return "{\"packages\":{\"" + place + "\":" + entry + "}}";
  }
}
