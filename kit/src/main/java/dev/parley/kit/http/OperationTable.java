package dev.parley.kit.http;

import dev.parley.kit.base.Refusal;
import java.util.List;

/** All operations of one feature, and how its refusals look on the wire. */
public interface OperationTable {
  /** The rows, in the order in which a reader wants them. */
  List<Operation> operations();

  /** Maps a refusal of this feature; an exhaustive switch. */
  Problem problem(Refusal refusal);
}
