package dev.parley.conformance.foreign;

import dev.parley.conformance.server.Connection;
import dev.parley.conformance.server.ParleyExtension;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Microsoft's unmodified browser chat client and UI library in Chromium: each file of {@code
 * conformance/browser/test} is one test here, and leaves evidence of the operations it declares.
 */
@ExtendWith(ParleyExtension.class)
class BrowserIT {

  @TestFactory
  Stream<DynamicTest> browser(Connection connection) throws Exception {
    return new BrowserSuite("test").run(connection);
  }
}
