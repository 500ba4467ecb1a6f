package dev.parley.conformance.identity;

import com.azure.communication.identity.CommunicationIdentityClient;
import com.azure.communication.identity.CommunicationIdentityClientBuilder;
import com.azure.core.credential.AzureKeyCredential;
import dev.parley.conformance.proof.SeenBySdk;
import dev.parley.conformance.server.Connection;

/** The ways in which an application makes Microsoft's identity client for Java. */
final class IdentityClients {

  private IdentityClients() {}

  /** By connection string: what most applications do. */
  static CommunicationIdentityClient byConnectionString(Connection connection, SeenBySdk seen) {
    return byConnectionString(connection.connectionString(), seen);
  }

  /** By a connection string that is not the one of {@code connection.env}. */
  static CommunicationIdentityClient byConnectionString(String connectionString, SeenBySdk seen) {
    return new CommunicationIdentityClientBuilder()
        .connectionString(connectionString)
        .addPolicy(seen)
        .buildClient();
  }

  /** By endpoint and access key. */
  static CommunicationIdentityClient byKey(String endpoint, String accessKey, SeenBySdk seen) {
    return new CommunicationIdentityClientBuilder()
        .endpoint(endpoint)
        .credential(new AzureKeyCredential(accessKey))
        .addPolicy(seen)
        .buildClient();
  }
}
