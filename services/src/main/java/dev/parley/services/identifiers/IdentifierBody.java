package dev.parley.services.identifiers;

import dev.parley.kit.http.InvalidBody;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * CommunicationIdentifierModel. What comes in names its party by {@code rawId} or by exactly one
 * nested object; what goes out has both, since the SDKs need the raw id for some kinds.
 */
public record IdentifierBody(
    @Nullable String kind,
    @Nullable String rawId,
    @Nullable CommunicationUser communicationUser,
    @Nullable PhoneNumber phoneNumber,
    @Nullable TeamsUser microsoftTeamsUser,
    @Nullable TeamsApp microsoftTeamsApp) {

  public record CommunicationUser(String id) {
    public CommunicationUser {
      InvalidBody.required("communicationUser.id", id);
    }
  }

  public record PhoneNumber(String value) {
    public PhoneNumber {
      InvalidBody.required("phoneNumber.value", value);
    }
  }

  public record TeamsUser(String userId, @Nullable Boolean isAnonymous, @Nullable String cloud) {
    public TeamsUser {
      InvalidBody.required("microsoftTeamsUser.userId", userId);
    }
  }

  public record TeamsApp(String appId, @Nullable String cloud) {
    public TeamsApp {
      InvalidBody.required("microsoftTeamsApp.appId", appId);
    }
  }

  public IdentifierBody {
    long nested =
        Stream.of(communicationUser, phoneNumber, microsoftTeamsUser, microsoftTeamsApp)
            .filter(Objects::nonNull)
            .count();
    if (nested > 1) {
      throw new InvalidBody(
          "communicationIdentifier", "Only one of the identifiers may be given at a time.");
    }
    if (nested == 0 && rawId == null) {
      throw new InvalidBody("communicationIdentifier", "An identifier is required.");
    }
  }

  /** The form in which a communication user goes out. */
  public static IdentifierBody user(String rawId) {
    return new IdentifierBody(
        "communicationUser", rawId, new CommunicationUser(rawId), null, null, null);
  }

  /** The raw id of the party, from whichever field names it. */
  public String raw() {
    if (communicationUser != null) {
      return communicationUser.id();
    }
    if (phoneNumber != null) {
      return "4:" + phoneNumber.value();
    }
    if (microsoftTeamsUser != null) {
      return (Boolean.TRUE.equals(microsoftTeamsUser.isAnonymous())
              ? "8:teamsvisitor:"
              : "8:orgid:")
          + microsoftTeamsUser.userId();
    }
    if (microsoftTeamsApp != null) {
      return "28:orgid:" + microsoftTeamsApp.appId();
    }
    return Objects.requireNonNull(rawId);
  }
}
