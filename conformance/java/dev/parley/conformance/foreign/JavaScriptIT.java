package dev.parley.conformance.foreign;

import dev.parley.conformance.ledger.Language;
import dev.parley.conformance.server.Connection;
import dev.parley.conformance.server.ParleyExtension;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

/** Every test in {@code conformance/javascript/test}, run by Node's own test runner. */
@ExtendWith(ParleyExtension.class)
class JavaScriptIT {

  @TestFactory
  Stream<DynamicTest> javascript(Connection connection) throws Exception {
    return new ForeignSuite(Language.JAVASCRIPT, new NodeToolchain()).run(connection);
  }
}
