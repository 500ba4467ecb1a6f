package dev.parley.conformance.ledger;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All operations of the wire, in the order of {@code ledger/operations.tsv}. */
public final class Operations {

  private final Map<String, Operation> byId = new LinkedHashMap<>();

  private Operations(List<Operation> operations) {
    for (Operation operation : operations) {
      if (byId.put(operation.id(), operation) != null) {
        throw new IllegalArgumentException("Two operations are named " + operation.id());
      }
    }
  }

  /** Reads {@code ledger/operations.tsv} below the conformance folder. */
  public static Operations read(Path conformanceFolder) {
    Path file = conformanceFolder.resolve("ledger/operations.tsv");
    return new Operations(TabbedLines.read(file).stream().map(Operation::parse).toList());
  }

  /** Every operation, in the order of the file. */
  public List<Operation> all() {
    return List.copyOf(byId.values());
  }

  /**
   * The operation of an id.
   *
   * @throws IllegalArgumentException when the ledger has no such operation
   */
  public Operation byId(String id) {
    Operation operation = byId.get(id);
    if (operation == null) {
      throw new IllegalArgumentException("The ledger has no operation named " + id);
    }
    return operation;
  }
}
