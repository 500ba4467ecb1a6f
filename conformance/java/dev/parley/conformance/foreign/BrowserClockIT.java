package dev.parley.conformance.foreign;

import dev.parley.conformance.server.ParleyProcess;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/**
 * What browsers show as time goes by: each file of {@code conformance/browser/test-clock} is one
 * test here, on a server of its own whose clock they move forward.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BrowserClockIT {
  private ParleyProcess parley;

  @BeforeAll
  void start() throws Exception {
    parley = ParleyProcess.start(ForeignSuite.conformanceFolder(), List.of("--test-clock"));
  }

  @AfterAll
  void stop() {
    parley.close();
  }

  @TestFactory
  Stream<DynamicTest> browser() throws Exception {
    return new BrowserSuite("test-clock").run(parley.connection());
  }
}
