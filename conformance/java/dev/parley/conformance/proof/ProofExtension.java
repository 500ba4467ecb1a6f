package dev.parley.conformance.proof;

import dev.parley.conformance.ledger.Evidence;
import dev.parley.conformance.ledger.Language;
import dev.parley.conformance.ledger.Operations;
import dev.parley.conformance.ledger.Proof;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Turns a passed test with {@link Proves} into evidence, or fails it when the SDK saw no success.
 */
public final class ProofExtension implements ParameterResolver, AfterTestExecutionCallback {

  private static final Namespace NAMESPACE = Namespace.create(ProofExtension.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == SeenBySdk.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return seen(context);
  }

  @Override
  public void afterTestExecution(ExtensionContext context) {
    Proves proves = context.getRequiredTestMethod().getAnnotation(Proves.class);
    if (proves == null || context.getExecutionException().isPresent()) {
      return;
    }
    Operations operations = Operations.read(Path.of(System.getProperty("conformance.folder", "")));
    String test =
        context.getRequiredTestClass().getSimpleName()
            + "."
            + context.getRequiredTestMethod().getName();
    for (String id : proves.value()) {
      Evidence.ofThisRun()
          .add(Proof.of(operations.byId(id), Language.JAVA, test, seen(context).exchanges()));
    }
  }

  private static SeenBySdk seen(ExtensionContext context) {
    return context
        .getStore(NAMESPACE)
        .computeIfAbsent(context.getUniqueId(), key -> new SeenBySdk(), SeenBySdk.class);
  }
}
