package dev.parley.server.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.parley.kit.base.Ids;
import dev.parley.kit.base.Secret;
import dev.parley.server.problem.Problem;
import dev.parley.server.problem.Stopped;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {
  @TempDir Path temporary;

  @Test
  void newFolderIsForItsOwnerOnly() throws IOException {
    Path path = temporary.resolve("a/b");
    try (DataFolder folder = DataFolder.open(path)) {
      assumeThat(path.getFileSystem().supportedFileAttributeViews()).contains("posix");
      assertThat(mode(folder.path())).isEqualTo("rwx------");
      assertThat(mode(path.resolve("lock"))).isEqualTo("rw-------");
    }
  }

  @Test
  void secondOpenIsRefusedWithTheOwnerOfTheFirst() {
    Path path = temporary.resolve("data");
    try (DataFolder folder = DataFolder.open(path)) {
      assertRefused(
          () -> DataFolder.open(path),
          new Problem.FolderLocked(path, "a Parley that is starting or stopping"));
      announce(folder);
      assertRefused(
          () -> DataFolder.open(path),
          new Problem.FolderLocked(path, "process 42 at https://localhost:8443/"));
    }
    DataFolder.open(path).close();
  }

  @Test
  void announcesItselfToShellsAndTakesItBack() throws IOException {
    Path path = temporary.resolve("data");
    Path env = path.resolve("connection.env");
    try (DataFolder folder = DataFolder.open(path)) {
      announce(folder);
      assertThat(Files.readString(env))
          .isEqualTo(
              """
              PARLEY_ENDPOINT='https://localhost:8443/'
              PARLEY_CONNECTION_STRING='endpoint=https://localhost:8443/;accesskey=a2V5'
              PARLEY_RESOURCE_ID='11111111-2222-3333-4444-555555555555'
              PARLEY_CA_PEM='/it'\\''s/ca.pem'
              PARLEY_TRUSTSTORE='/it'\\''s/trust.p12'
              PARLEY_TRUSTSTORE_PASSWORD='changeit'
              """);
      assertThat(mode(env)).isEqualTo("rw-------");
    }
    assertThat(env).doesNotExist();
    assertThat(path.resolve("running")).doesNotExist();
    assertThat(path.resolve("admin.token")).doesNotExist();
  }

  @Test
  void readersOfTheFolderFindServerAndToken() throws IOException {
    Path path = temporary.resolve("data");
    try (DataFolder folder = DataFolder.open(path)) {
      Secret<String> token = folder.newAdminToken(new Zeros());
      announce(folder);
      RunningServer.Access access = DataFolder.running(path);
      assertThat(access.adminToken().reveal()).isEqualTo(token.reveal()).hasSize(43);
      assertThat(access.server()).isEqualTo(running());
      assertThat(mode(path.resolve("admin.token"))).isEqualTo("rw-------");
    }
  }

  @Test
  void foreignFolderIsLeftAlone() throws IOException {
    Path foreign = Files.createDirectory(temporary.resolve("photos"));
    Files.writeString(foreign.resolve("cat.jpg"), "meow");
    assertRefused(() -> DataFolder.open(foreign), new Problem.NotOurFolder(foreign));
    assertThat(foreign.resolve("lock")).doesNotExist();
  }

  @Test
  void emptyFolderIsTaken() throws IOException {
    DataFolder.open(Files.createDirectory(temporary.resolve("empty"))).close();
    assertThat(DataFolder.exists(temporary.resolve("empty"))).isTrue();
  }

  @Test
  void fileInItsPlaceIsUnwritable() throws IOException {
    Path file = Files.writeString(temporary.resolve("file"), "");
    assertRefused(
        () -> DataFolder.open(file), new Problem.Unwritable(file, "it is a file, not a folder"));
    Path below = file.resolve("data");
    assertThatThrownBy(() -> DataFolder.open(below))
        .isInstanceOfSatisfying(
            Stopped.class,
            stopped -> assertThat(stopped.problem()).isInstanceOf(Problem.Unwritable.class));
  }

  @Test
  void newerFormatIsLeftAlone() throws IOException {
    Path path = used();
    Files.writeString(path.resolve("format"), "2\n");
    assertRefused(
        () -> DataFolder.open(path), new Problem.TooNew(path, "format 2, this program knows 1"));
  }

  @Test
  void unreadableFormatIsDamage() throws IOException {
    Path path = used();
    Files.writeString(path.resolve("format"), "\u0000\u0001");
    assertRefused(
        () -> DataFolder.open(path),
        new Problem.Damaged(path, "its file 'format' holds no number"));
  }

  @Test
  void commandsDoNotMakeAFolder() {
    Path path = temporary.resolve("none");
    assertRefused(() -> DataFolder.openExisting(path), new Problem.NoFolder(path));
    assertThat(DataFolder.isHeld(path)).isFalse();
    assertThat(path).doesNotExist();
  }

  @Test
  void firstStartThatWasCutOffIsTakenOver() throws IOException {
    Path path = Files.createDirectory(temporary.resolve("cut"));
    Files.writeString(path.resolve("lock"), "");
    Files.writeString(path.resolve("format.1234.new"), "");
    DataFolder.open(path).close();
  }

  private Path used() {
    Path path = temporary.resolve("used");
    DataFolder.open(path).close();
    return path;
  }

  private static RunningServer running() {
    return new RunningServer(
        42, "https://localhost:8443/", URI.create("https://127.0.0.1:8443/"), Path.of("/ca.pem"));
  }

  private static void announce(DataFolder folder) {
    folder.announce(
        new DataFolder.Connection(
            "https://localhost:8443/",
            Secret.of("endpoint=https://localhost:8443/;accesskey=a2V5"),
            "11111111-2222-3333-4444-555555555555",
            Path.of("/it's/ca.pem"),
            Path.of("/it's/trust.p12"),
            "changeit"),
        running());
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  private static void assertRefused(Runnable call, Problem problem) {
    assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(
            Stopped.class, stopped -> assertThat(stopped.problem()).isEqualTo(problem));
  }

  /** No randomness at all. */
  private static final class Zeros implements Ids {
    @Override
    public UUID uuid() {
      return new UUID(0, 0);
    }

    @Override
    public byte[] bytes(int length) {
      return new byte[length];
    }
  }
}
