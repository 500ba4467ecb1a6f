package dev.parley.conformance.foreign;

import dev.parley.conformance.ledger.Language;
import dev.parley.conformance.server.Connection;
import dev.parley.conformance.server.ParleyExtension;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

/** Every test in {@code conformance/python/tests}, run by pytest in an environment of its own. */
@ExtendWith(ParleyExtension.class)
class PythonIT {

  @TestFactory
  Stream<DynamicTest> python(Connection connection) throws Exception {
    return new ForeignSuite(Language.PYTHON, new PythonToolchain()).run(connection);
  }
}
