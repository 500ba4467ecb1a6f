package dev.parley.conformance.rooms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.azure.communication.common.CommunicationUserIdentifier;
import com.azure.communication.identity.CommunicationIdentityClient;
import com.azure.communication.identity.CommunicationIdentityClientBuilder;
import com.azure.communication.rooms.RoomsClient;
import com.azure.communication.rooms.RoomsClientBuilder;
import com.azure.communication.rooms.models.ParticipantRole;
import com.azure.communication.rooms.models.RoomParticipant;
import com.azure.core.exception.HttpResponseException;
import dev.parley.conformance.proof.SeenBySdk;
import dev.parley.conformance.server.Connection;
import java.util.Map;
import java.util.stream.Collectors;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** The clients of an application's service that makes rooms for its users. */
record Rooms(RoomsClient client, CommunicationIdentityClient identity) {

  static Rooms of(Connection connection, SeenBySdk seen) {
    String text = connection.connectionString();
    return new Rooms(
        new RoomsClientBuilder().connectionString(text).addPolicy(seen).buildClient(),
        new CommunicationIdentityClientBuilder().connectionString(text).buildClient());
  }

  CommunicationUserIdentifier user() {
    return identity.createUser();
  }

  /** Who is invited, with which role. */
  Map<String, ParticipantRole> roles(String roomId) {
    return client.listParticipants(roomId).stream()
        .collect(
            Collectors.toMap(
                one -> one.getCommunicationIdentifier().getRawId(), RoomParticipant::getRole));
  }

  /** Asserts that the SDK threw its error with this status and code. */
  static void assertRefused(int status, String code, ThrowingCallable call) {
    HttpResponseException refusal = catchThrowableOfType(HttpResponseException.class, call);
    assertThat(refusal).as("a refusal that the SDK understood").isNotNull();
    assertThat(refusal.getResponse().getStatusCode()).isEqualTo(status);
    assertThat(refusal.getResponse().getHeaderValue("x-ms-error-code")).isEqualTo(code);
  }
}
