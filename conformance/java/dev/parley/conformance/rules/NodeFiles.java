package dev.parley.conformance.rules;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Everything in a repository that says which Node packages are in it.
 *
 * @param lockFiles lock files of any package tool, those inside installed packages left out
 * @param npmSettings every {@code .npmrc}, those inside installed packages left out
 * @param manifests the {@code package.json} of every installed package of the scope {@code @azure}
 */
record NodeFiles(List<Path> lockFiles, List<Path> npmSettings, List<Path> manifests) {

  private static final Set<String> LOCK_FILES =
      Set.of("package-lock.json", "npm-shrinkwrap.json", "yarn.lock", "pnpm-lock.yaml");
  private static final Set<String> NOT_SEARCHED = Set.of(".git", "target", ".parley");

  /** Looks into every folder of the repository, also into installed packages. */
  static NodeFiles below(Path repository) throws IOException {
    NodeFiles found = new NodeFiles(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    Files.walkFileTree(
        repository,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            boolean searched = !NOT_SEARCHED.contains(folder.getFileName().toString());
            return searched ? FileVisitResult.CONTINUE : FileVisitResult.SKIP_SUBTREE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            found.keep(file);
            return FileVisitResult.CONTINUE;
          }
        });
    return found;
  }

  private void keep(Path file) {
    String name = file.getFileName().toString();
    String path = file.toString().replace('\\', '/');
    boolean installed = path.contains("/node_modules/");
    if (installed && name.equals("package.json") && path.contains("/node_modules/@azure/")) {
      manifests.add(file);
    } else if (!installed && LOCK_FILES.contains(name)) {
      lockFiles.add(file);
    } else if (!installed && name.equals(".npmrc")) {
      npmSettings.add(file);
    }
  }
}
