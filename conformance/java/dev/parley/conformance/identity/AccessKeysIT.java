package dev.parley.conformance.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.azure.core.exception.HttpResponseException;
import dev.parley.conformance.proof.OnRunningParley;
import dev.parley.conformance.proof.SeenBySdk;
import dev.parley.conformance.server.Connection;
import dev.parley.conformance.server.ParleyProcess;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** A resource has two keys, so that one can be rotated while applications use the other. */
@OnRunningParley
class AccessKeysIT {

  private static final int UNAUTHORIZED = 401;
  private static final Pattern CONNECTION_STRING = Pattern.compile("endpoint=\\S+;accesskey=\\S+");

  /** Only the secondary key is rotated here: all other tests of the run use the primary one. */
  @Test
  void secondaryKeyWorksAndRotates(ParleyProcess parley, Connection connection, SeenBySdk seen)
      throws Exception {
    String primary = connection.connectionString();
    String secondary = onlyOther(connectionStrings(parley.command("keys", "show")), primary);
    assertThat(createsUserWith(secondary, seen)).isTrue();

    parley.command("keys", "rotate", "secondary");

    String fresh = onlyOther(connectionStrings(parley.command("keys", "show")), primary);
    assertThat(fresh).isNotEqualTo(secondary);
    assertThat(createsUserWith(fresh, seen)).isTrue();
    assertThat(createsUserWith(primary, seen)).isTrue();
    assertThat(statusWith(secondary, seen)).isEqualTo(UNAUTHORIZED);
  }

  private static boolean createsUserWith(String connectionString, SeenBySdk seen) {
    String id = IdentityClients.byConnectionString(connectionString, seen).createUser().getId();
    return id.startsWith("8:acs:");
  }

  private static int statusWith(String connectionString, SeenBySdk seen) {
    var client = IdentityClients.byConnectionString(connectionString, seen);
    var refusal = catchThrowableOfType(HttpResponseException.class, client::createUser);
    assertThat(refusal).as("a rotated key is refused").isNotNull();
    return refusal.getResponse().getStatusCode();
  }

  private static List<String> connectionStrings(String printed) {
    return CONNECTION_STRING.matcher(printed).results().map(match -> match.group()).toList();
  }

  private static String onlyOther(List<String> both, String one) {
    assertThat(both).hasSize(2).contains(one);
    return both.stream().filter(each -> !each.equals(one)).findFirst().orElseThrow();
  }
}
