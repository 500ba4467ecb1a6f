package dev.parley.services.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.kit.auth.Es256;
import dev.parley.kit.base.Refusal;
import dev.parley.kit.base.Refused;
import dev.parley.kit.base.ResourceId;
import dev.parley.services.audit.AuditLog;
import dev.parley.services.identity.sql.SqlSigningKeyStore;
import dev.parley.services.identity.sql.SqlUserStore;
import dev.parley.services.stores.TestStore;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdentityServiceTest {
  private static final ResourceId RESOURCE = new ResourceId(new UUID(1, 1));
  private static final Set<TokenScope> CHAT = EnumSet.of(TokenScope.CHAT);

  @TempDir private Path folder;
  private TestStore test;
  private SigningKeys keys;
  private UserTokens tokens;
  private IdentityService service;

  @BeforeEach
  void open() {
    test = TestStore.sqlite(folder);
    keys =
        SigningKeys.open(test.database, new SqlSigningKeyStore(test.vault), test.audit, test.clock);
    tokens = new UserTokens(keys, Es256.fastest(), test.clock, "https://parley.test");
    service =
        new IdentityService(
            test.database,
            new SqlUserStore(),
            test.journal,
            test.audit,
            test.bus,
            test.clock,
            test.ids,
            tokens);
  }

  @AfterEach
  void close() {
    test.close();
  }

  private User create() {
    return service.create(RESOURCE, null, Set.of(), 60).user();
  }

  private String token(User user) {
    return service.issueToken(RESOURCE, user.id().toString(), CHAT, 60).token().reveal();
  }

  /** Whether the token would be believed now. */
  private boolean holds(String token) {
    return tokens
        .read(token)
        .filter(claims -> service.epoch(claims.user()).equals(Optional.of(claims.epoch())))
        .isPresent();
  }

  private static Refusal refusal(ThrowingCallable call) {
    Refused refused = org.assertj.core.api.Assertions.catchThrowableOfType(Refused.class, call);
    assertThat(refused).isNotNull();
    return refused.refusal();
  }

  @Test
  void tokenSaysWhatClientsReadInIt() {
    User user = create();
    String token =
        service
            .issueToken(
                RESOURCE, user.id().toString(), EnumSet.of(TokenScope.CHAT, TokenScope.VOIP), 90)
            .token()
            .reveal();
    String payload = token.split("\\.", -1)[1];
    // Java's client decodes with the plain alphabet and finds exp by a pattern (compat §2.3).
    assertThat(payload).doesNotContain("-", "_");
    String json = new String(Base64.getDecoder().decode(payload), StandardCharsets.US_ASCII);
    long now = test.clock.now().getEpochSecond();
    assertThat(json)
        .matches("[ -~]+")
        .doesNotContain(" ", ">", "?", "~")
        .contains(
            "\"skypeid\":\"acs:" + RESOURCE + "_" + user.id().user() + "\"",
            "\"exp\":" + (now + 5400),
            "\"iat\":" + now,
            "\"acsScope\":\"chat,voip\"",
            "\"resourceId\":\"" + RESOURCE + "\"",
            "\"iss\":\"https://parley.test\"");
    UserTokens.Claims claims = tokens.read(token).orElseThrow();
    assertThat(claims.user()).isEqualTo(user.id());
    assertThat(claims.scopes()).containsExactlyInAnyOrder(TokenScope.CHAT, TokenScope.VOIP);
  }

  @Test
  void tokenEndsWithItsLife() {
    String token = token(create());
    test.clock.advance(Duration.ofMinutes(59));
    assertThat(holds(token)).isTrue();
    test.clock.advance(Duration.ofMinutes(2));
    assertThat(holds(token)).isFalse();
  }

  @Test
  void revokedTokenEndsAtOnceAndTheNextOneHolds() {
    User user = create();
    String token = token(user);
    assertThat(holds(token)).isTrue();
    service.revokeTokens(RESOURCE, user.id().toString(), "key");
    assertThat(holds(token)).isFalse();
    assertThat(holds(token(user))).isTrue();
  }

  @Test
  void deletedUsersTokenEndsAtOnceAndWhatIsToldOfThemIsEmptied() {
    User user = create();
    String token = token(user);
    String raw = user.id().toString();
    test.database.write(
        "test",
        tx ->
            test.journal.append(
                tx,
                new dev.parley.kit.journal.Fact(
                    RESOURCE, "test.said", raw, test.clock.now(), "{\"text\":\"private\"}")));
    service.delete(RESOURCE, raw, "key");
    assertThat(holds(token)).isFalse();
    assertThat(refusal(() -> service.get(RESOURCE, raw)))
        .isEqualTo(new IdentityRefusal.UnknownUser());
    assertThat(refusal(() -> service.issueToken(RESOURCE, raw, CHAT, 60)))
        .isEqualTo(new IdentityRefusal.UnknownUser());
    assertThat(test.journal.after(0, 100)).allMatch(entry -> entry.fact().body().equals("{}"));
    assertThat(test.audit.newest(RESOURCE, 10))
        .extracting(line -> line.action())
        .containsExactly(IdentityService.USER_DELETED);
  }

  @Test
  void customIdGivesTheSameUserAgain() throws Exception {
    User first = service.create(RESOURCE, "mine", Set.of(), 60).user();
    CountDownLatch start = new CountDownLatch(1);
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      var again =
          java.util.stream.IntStream.range(0, 8)
              .mapToObj(caller ->
                  callers.submit(() -> {
                    start.await();
                    return service.create(RESOURCE, "new", CHAT, 60).user().id();
                  }))
              .toList();
      start.countDown();
      for (var one : again) {
        assertThat(one.get()).isEqualTo(again.getFirst().get()).isNotEqualTo(first.id());
      }
    }
    assertThat(service.create(RESOURCE, "mine", Set.of(), 60).user().id()).isEqualTo(first.id());
    ResourceId other = new ResourceId(new UUID(9, 9));
    assertThat(service.create(other, "mine", Set.of(), 60).user().id()).isNotEqualTo(first.id());
  }

  @Test
  void lastIssueIsSeenAtOnceAndSavedLater() {
    User user = create();
    assertThat(service.get(RESOURCE, user.id().toString()).lastTokenIssuedAt()).isNull();
    test.clock.advance(Duration.ofMinutes(1));
    token(user);
    assertThat(service.get(RESOURCE, user.id().toString()).lastTokenIssuedAt())
        .isEqualTo(test.clock.now());
    service.saveIssueTimes();
    assertThat(service.get(RESOURCE, user.id().toString()).lastTokenIssuedAt())
        .isEqualTo(test.clock.now());
  }

  @ParameterizedTest
  @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, 59, 1441, Integer.MAX_VALUE})
  void lifeOutsideItsBoundsIsRefused(int minutes) {
    User user = create();
    assertThat(refusal(() -> service.issueToken(RESOURCE, user.id().toString(), CHAT, minutes)))
        .isEqualTo(new IdentityRefusal.LifeOutOfRange(minutes));
    assertThat(refusal(() -> service.create(RESOURCE, null, CHAT, minutes)))
        .isEqualTo(new IdentityRefusal.LifeOutOfRange(minutes));
  }

  @Test
  void idsThatAreNotOursAreRefused() {
    String foreign = new UserId(new ResourceId(new UUID(5, 5)), new UUID(1, 1)).toString();
    assertThat(refusal(() -> service.get(RESOURCE, foreign)))
        .isEqualTo(new IdentityRefusal.ForeignUser());
    for (String raw : new String[] {"", "8:acs:", "x", foreign + "_1", "4:+1555"}) {
      assertThat(refusal(() -> service.revokeTokens(RESOURCE, raw, "key")))
          .isEqualTo(new IdentityRefusal.MalformedUserId());
    }
    assertThat(refusal(() -> service.create(RESOURCE, " ", Set.of(), 60)))
        .isEqualTo(new IdentityRefusal.CustomIdInvalid());
    assertThat(refusal(() -> service.issueToken(RESOURCE, create().id().toString(), Set.of(), 60)))
        .isEqualTo(new IdentityRefusal.NoScopes());
  }

  @Test
  void rotatedSigningKeyVerifiesUntilItsLastTokenEnds() {
    String old = token(create());
    keys.rotate("someone");
    String young = token(create());
    assertThat(holds(old)).isTrue();
    assertThat(holds(young)).isTrue();
    assertThat(tokens.jwks().split("\"kid\"", -1)).hasSize(3);
    SigningKeys reopened =
        SigningKeys.open(test.database, new SqlSigningKeyStore(test.vault), test.audit, test.clock);
    assertThat(reopened.keys().current().id()).isEqualTo(keys.keys().current().id());
    test.clock.advance(Duration.ofHours(25));
    keys.rotate("someone");
    assertThat(tokens.jwks().split("\"kid\"", -1)).hasSize(3);
  }

  @Test
  void operatorsDeedsAreAuditedForTheInstallationToo() {
    User user = create();
    UserToken taken = service.takeToken(RESOURCE, user.id().toString(), CHAT, 60, "operator");
    keys.rotate("operator");
    assertThat(holds(taken.token().reveal())).isTrue();
    assertThat(test.audit.newest(10))
        .extracting(line -> line.resource() + " " + line.action() + " " + line.subject())
        .containsExactlyInAnyOrder(
            RESOURCE + " " + IdentityService.TOKEN_TAKEN + " " + user.id() + " chat",
            AuditLog.INSTALLATION + " " + SigningKeys.ROTATED + " " + keys.keys().current().id());
    assertThat(test.audit.newest(RESOURCE, 10)).hasSize(1);
  }

  /**
   * Readers that fill the memory of standings race with revocations: once a revocation returned, no
   * reader may believe the old token again, also not by a load that began before.
   */
  @Test
  void revocationWinsOverEveryReaderThatRacesWithIt() throws Exception {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    User[] users = {create(), create(), create()};
    for (int round = 0; round < 40; round++) {
      User user = users[random.nextInt(users.length)];
      String token = token(user);
      CountDownLatch start = new CountDownLatch(1);
      try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
        for (int reader = 0; reader < 4; reader++) {
          int looks = random.nextInt(20);
          callers.submit(() -> {
            start.await();
            boolean seen = true;
            for (int look = 0; look < looks; look++) {
              seen &= holds(token);
            }
            return seen;
          });
        }
        callers.submit(() -> {
          start.await();
          service.revokeTokens(RESOURCE, user.id().toString(), "key");
          assertThat(holds(token)).as("seed " + seed).isFalse();
          return user;
        });
        start.countDown();
      }
      assertThat(holds(token)).as("seed " + seed + " round " + round).isFalse();
    }
  }

  @Test
  void usersOfADeletedResourceGo() {
    User user = create();
    String token = token(user);
    service.resourceDeleted(RESOURCE);
    assertThat(holds(token)).isFalse();
    assertThat(service.list(RESOURCE, new UUID(0, 0), 10)).isEmpty();
  }
}
