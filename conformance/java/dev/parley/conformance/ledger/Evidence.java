package dev.parley.conformance.ledger;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What one run left behind: proofs, the status of every operation that the sweep sent, and the
 * languages that could not run. One folder per run; every writer appends whole lines.
 */
public final class Evidence {

  private static final String PROOFS = "proofs.tsv";
  private static final String ANSWERS = "answers.tsv";
  private static final String SKIPPED = "skipped.tsv";

  private final Path folder;

  /** Evidence in a folder of one run, which may not exist yet. */
  public Evidence(Path folder) {
    this.folder = folder;
  }

  /** The evidence of the run that this process belongs to. */
  public static Evidence ofThisRun() {
    String folder = System.getProperty("conformance.evidence", "target/evidence/by-hand");
    return new Evidence(Path.of(folder));
  }

  /** Keeps a proof. */
  public void add(Proof proof) {
    append(PROOFS, proof.operation(), proof.language().key(), proof.test());
  }

  /** Keeps the status that the server answered to a bare request for an operation. */
  public void addAnswer(Operation operation, int status) {
    append(ANSWERS, operation.id(), Integer.toString(status));
  }

  /** Keeps that a language could not run, and why. */
  public void addSkipped(Language language, String reason) {
    append(SKIPPED, language.key(), reason);
  }

  /** The proving test of each operation in each language; of several, the first by name. */
  public Map<Language, Map<String, String>> proofs() {
    Map<Language, Map<String, String>> proofs = new EnumMap<>(Language.class);
    for (String[] line : read(PROOFS)) {
      proofs
          .computeIfAbsent(Language.ofKey(line[1]), language -> new TreeMap<>())
          .merge(line[0], line[2], (one, other) -> one.compareTo(other) <= 0 ? one : other);
    }
    return proofs;
  }

  /** The answered status of each operation that the sweep sent. */
  public Map<String, Integer> answers() {
    Map<String, Integer> answers = new HashMap<>();
    read(ANSWERS).forEach(line -> answers.put(line[0], Integer.valueOf(line[1])));
    return answers;
  }

  /** The languages that could not run. */
  public Set<Language> skipped() {
    Set<Language> skipped = EnumSet.noneOf(Language.class);
    read(SKIPPED).forEach(line -> skipped.add(Language.ofKey(line[0])));
    return skipped;
  }

  /** Whether the run left anything at all. */
  public boolean exists() {
    return Optional.of(folder).filter(Files::isDirectory).isPresent();
  }

  private synchronized void append(String file, String... cells) {
    try {
      Files.createDirectories(folder);
      Files.writeString(
          folder.resolve(file),
          String.join("\t", cells) + "\n",
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException failure) {
      throw new UncheckedIOException("Evidence cannot be written to " + folder, failure);
    }
  }

  private List<String[]> read(String file) {
    Path path = folder.resolve(file);
    if (!Files.exists(path)) {
      return List.of();
    }
    try (var lines = Files.lines(path)) {
      return lines.map(line -> line.split("\t", -1)).toList();
    } catch (IOException failure) {
      throw new UncheckedIOException("Evidence cannot be read from " + path, failure);
    }
  }
}
