package dev.parley.kit.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.kit.auth.Vault.Row;
import dev.parley.kit.auth.VaultFault.Reason;
import dev.parley.kit.base.Secret;
import dev.parley.kit.tls.SeededIds;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Base64;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VaultTest {
  private static final Row ROW = new Row("access_key", "r1/primary");
  private static final Secret<byte[]> SECRET =
      Secret.of("a webhook secret".getBytes(StandardCharsets.UTF_8));

  private final SeededIds ids = new SeededIds(7);
  @TempDir private Path folder;

  private static MasterKeys keys(int... fills) {
    StringBuilder text = new StringBuilder();
    for (int fill : fills) {
      byte[] key = new byte[32];
      Arrays.fill(key, (byte) fill);
      text.append(Base64.getEncoder().encodeToString(key)).append(',');
    }
    return MasterKeys.parse(Secret.of(text.toString()));
  }

  private static void fails(ThrowingCallable call, Reason reason) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            VaultFault.class, fault -> assertThat(fault.reason()).isEqualTo(reason));
  }

  @Test
  void opensWhatItSealedForTheSameRowOnly() {
    Vault vault = new Vault(keys(1), ids);
    byte[] sealed = vault.seal(ROW, SECRET);
    assertThat(vault.open(ROW, sealed).reveal()).isEqualTo(SECRET.reveal());
    assertThat(new String(sealed, StandardCharsets.ISO_8859_1)).doesNotContain("webhook");
    fails(() -> vault.open(new Row("access_key", "r2/primary"), sealed), Reason.TAMPERED);
    fails(() -> vault.open(new Row("signing_key", "r1/primary"), sealed), Reason.TAMPERED);
    fails(() -> vault.open(new Row("access_keyr", "1/primary"), sealed), Reason.TAMPERED);
  }

  @Test
  void theSameSecretNeverLooksTheSame() {
    Vault vault = new Vault(keys(1), ids);
    assertThat(vault.seal(ROW, SECRET)).isNotEqualTo(vault.seal(ROW, SECRET));
  }

  @Test
  void everyChangedByteIsNoticed() {
    Vault vault = new Vault(keys(1), ids);
    byte[] sealed = vault.seal(ROW, SECRET);
    for (int i = 0; i < sealed.length; i++) {
      byte[] changed = sealed.clone();
      changed[i] ^= 1;
      Reason expected =
          i == 0 ? Reason.UNKNOWN_FORMAT : i < 9 ? Reason.UNKNOWN_MASTER_KEY : Reason.TAMPERED;
      fails(() -> vault.open(ROW, changed), expected);
    }
    for (int length = 0; length < sealed.length; length++) {
      byte[] cut = Arrays.copyOf(sealed, length);
      assertThatThrownBy(() -> vault.open(ROW, cut)).isInstanceOf(VaultFault.class);
    }
  }

  @Test
  void emptyAndLargestSecretsPassAndALargerOneIsRefused() {
    Vault vault = new Vault(keys(1), ids);
    assertThat(vault.open(ROW, vault.seal(ROW, Secret.of(new byte[0]))).reveal()).isEmpty();
    byte[] largest = new byte[Vault.SECRET_BYTES_MAX];
    assertThat(vault.open(ROW, vault.seal(ROW, Secret.of(largest))).reveal()).isEqualTo(largest);
    assertThatThrownBy(() -> vault.seal(ROW, Secret.of(new byte[Vault.SECRET_BYTES_MAX + 1])))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void anotherMasterKeyIsNamedAsTheReason() {
    byte[] sealed = new Vault(keys(1), ids).seal(ROW, SECRET);
    fails(() -> new Vault(keys(2), ids).open(ROW, sealed), Reason.UNKNOWN_MASTER_KEY);
  }

  @Test
  void rotatesTheMasterKeyByRewrapping() {
    byte[] sealed = new Vault(keys(1), ids).seal(ROW, SECRET);
    Vault both = new Vault(keys(2, 1), ids);
    assertThat(both.open(ROW, sealed).reveal()).isEqualTo(SECRET.reveal());
    assertThat(both.needsRewrap(sealed)).isTrue();
    byte[] rewrapped = both.rewrap(ROW, sealed);
    assertThat(both.needsRewrap(rewrapped)).isFalse();
    assertThat(new Vault(keys(2), ids).open(ROW, rewrapped).reveal()).isEqualTo(SECRET.reveal());
    fails(() -> new Vault(keys(1), ids).open(ROW, rewrapped), Reason.UNKNOWN_MASTER_KEY);
    fails(() -> both.rewrap(new Row("access_key", "r2"), sealed), Reason.TAMPERED);
  }

  @Test
  void theKeyFileIsMadeOncePrivateAndRotates() throws Exception {
    Path file = folder.resolve("secrets").resolve("master.key");
    Vault first = new Vault(MasterKeys.openOrCreate(file, ids), ids);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    String content = Files.readString(file);
    byte[] sealed = first.seal(ROW, SECRET);
    Vault again = new Vault(MasterKeys.openOrCreate(file, ids), ids);
    assertThat(Files.readString(file)).isEqualTo(content);
    assertThat(again.open(ROW, sealed).reveal()).isEqualTo(SECRET.reveal());

    Vault rotated = new Vault(MasterKeys.rotate(file, ids), ids);
    byte[] rewrapped = rotated.rewrap(ROW, sealed);
    Vault last = new Vault(MasterKeys.retireOld(file), ids);
    assertThat(last.open(ROW, rewrapped).reveal()).isEqualTo(SECRET.reveal());
    fails(() -> last.open(ROW, sealed), Reason.UNKNOWN_MASTER_KEY);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void refusesAKeyFileThatIsExposedAbsentOrInAnImpossiblePlace() throws Exception {
    Path file = folder.resolve("master.key");
    fails(() -> MasterKeys.open(file), Reason.KEY_FILE_UNREADABLE);
    MasterKeys.openOrCreate(file, ids);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    fails(() -> MasterKeys.open(file), Reason.KEY_FILE_EXPOSED);
    Path below = folder.resolve("master.key").resolve("file");
    fails(() -> MasterKeys.openOrCreate(below, ids), Reason.KEY_FILE_UNWRITABLE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "# only a comment", "%%%", "c2hvcnQ=", ",,"})
  void refusesWhatHoldsNoKeysAndQuotesNothing(String text) {
    fails(() -> MasterKeys.parse(Secret.of(text)), Reason.KEY_FILE_MALFORMED);
    assertThat(keys(1).toString()).isEqualTo("[redacted]");
  }
}
