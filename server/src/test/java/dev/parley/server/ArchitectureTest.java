package dev.parley.server;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.regex.Pattern;

/** The edges of the house and the habits of its code. Each rule says what it keeps apart. */
@AnalyzeClasses(packages = "dev.parley", importOptions = ArchitectureTest.MainCode.class)
class ArchitectureTest {
  /** Without test classes, also where the build hands them on as a jar. */
  static final class MainCode implements ImportOption {
    private static final Pattern TESTS = Pattern.compile(".*(/test-classes/|-tests\\.jar).*");

    @Override
    public boolean includes(Location location) {
      return !location.matches(TESTS);
    }
  }

  private static final String SERVICES = "dev.parley.services.";

  @ArchTest
  static final ArchRule kitKnowsNoFeature =
      noClasses()
          .that()
          .resideInAPackage("dev.parley.kit..")
          .should()
          .dependOnClassesThat(
              resideInAPackage("dev.parley..").and(not(resideInAPackage("dev.parley.kit.."))));

  @ArchTest
  static final ArchRule mediaKnowsPacketsNotPeople =
      noClasses()
          .that()
          .resideInAnyPackage("dev.parley.media..", "dev.parley.telephony..")
          .should()
          .dependOnClassesThat(
              resideInAnyPackage(
                  "dev.parley.services..",
                  "dev.parley.server..",
                  "dev.parley.kit.http..",
                  "dev.parley.kit.sql..",
                  "org.eclipse.jetty..",
                  "java.sql.."))
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule servicesEnterMediaAndTelephonyByTheirDoor =
      noClasses()
          .that()
          .resideInAPackage("dev.parley.services..")
          .should()
          .dependOnClassesThat(
              resideInAnyPackage(
                      "dev.parley.server..", "dev.parley.media..", "dev.parley.telephony..")
                  .and(
                      not(
                          resideInAnyPackage(
                              "dev.parley.media.api..", "dev.parley.telephony.api.."))));

  @ArchTest
  static final ArchRule rulesOfAFeatureKnowNoWireAndNoSql =
      noClasses()
          .that(areInAFeaturesRoot())
          .should()
          .dependOnClassesThat(
              resideInAnyPackage(
                  "java.sql..",
                  "javax.sql..",
                  "tools.jackson..",
                  "com.fasterxml.jackson..",
                  "org.eclipse.jetty..",
                  "java.net.http..",
                  "dev.parley.kit.http.."));

  @ArchTest
  static final ArchRule wireKnowsNoDatabaseDriver =
      noClasses()
          .that()
          .resideInAPackage("dev.parley.services..wire..")
          .should()
          .dependOnClassesThat(
              resideInAnyPackage("java.sql..", "org.eclipse.jetty..", "org.sqlite.."));

  @ArchTest
  static final ArchRule sqlKnowsNoWire =
      noClasses()
          .that()
          .resideInAPackage("dev.parley.services..sql..")
          .should()
          .dependOnClassesThat(
              resideInAnyPackage(
                  "dev.parley.kit.http..", "dev.parley.services..wire..", "org.eclipse.jetty.."));

  @ArchTest
  static final ArchRule featureSeesNoOtherFeaturesWireOrSql =
      classes()
          .that()
          .resideInAPackage("dev.parley.services..")
          .should(seeOnlyTheirOwnWireAndSql());

  @ArchTest
  static final ArchRule jettyStaysBelowTheHttpKit =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.parley.kit.http..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.eclipse.jetty..");

  @ArchTest
  static final ArchRule timeComesFromTheClock =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.parley.kit.base..")
          .should()
          .callMethod(java.time.Instant.class, "now")
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(Thread.class, "sleep", long.class)
          .orShould()
          .callMethod(Thread.class, "sleep", java.time.Duration.class)
          .orShould()
          .callMethod(Thread.class, "sleep", long.class, int.class);

  @ArchTest
  static final ArchRule randomnessComesFromIds =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.parley.kit.base..")
          .should()
          .callMethod(UUID.class, "randomUUID")
          .orShould()
          .callMethod(Math.class, "random")
          .orShould()
          .callConstructor(Random.class);

  @ArchTest
  static final ArchRule namesSayWhatAClassIs = classes().should(haveNoEmptyWordAtTheEnd());

  /** Classes directly in {@code services.<feature>}, where the rules are. */
  private static DescribedPredicate<JavaClass> areInAFeaturesRoot() {
    return DescribedPredicate.describe(
        "are in the root package of a feature",
        one ->
            one.getPackageName().startsWith(SERVICES)
                && !one.getPackageName().contains(".wire")
                && !one.getPackageName().contains(".sql")
                && !ROOTS_THAT_ARE_WIRE.contains(feature(one)));
  }

  /**
   * Credentials of requests, and bodies that several features share: wire by their whole purpose.
   */
  private static final List<String> ROOTS_THAT_ARE_WIRE = List.of("access", "identifiers");

  private static String feature(JavaClass one) {
    String rest = one.getPackageName().substring(SERVICES.length());
    int dot = rest.indexOf('.');
    return dot < 0 ? rest : rest.substring(0, dot);
  }

  private static ArchCondition<JavaClass> seeOnlyTheirOwnWireAndSql() {
    return new ArchCondition<>("see only their own wire and sql") {
      @Override
      public void check(JavaClass one, ConditionEvents events) {
        one.getDirectDependenciesFromSelf().stream()
            .filter(to -> isWireOrSql(to.getTargetClass()))
            .filter(to -> !feature(to.getTargetClass()).equals(feature(one)))
            .forEach(to -> events.add(SimpleConditionEvent.violated(to, to.getDescription())));
      }
    };
  }

  private static boolean isWireOrSql(JavaClass one) {
    String name = one.getPackageName();
    return name.startsWith(SERVICES) && (name.contains(".wire") || name.contains(".sql"));
  }

  /** Words that say nothing; names that an API dictates are exempt. */
  private static ArchCondition<JavaClass> haveNoEmptyWordAtTheEnd() {
    List<String> empty =
        List.of(
            "Manager", "Helper", "Util", "Utils", "Impl", "Common", "Data", "Info", "Processor");
    return new ArchCondition<>("not end in a word that says nothing") {
      @Override
      public void check(JavaClass one, ConditionEvents events) {
        if (empty.stream().anyMatch(one.getSimpleName()::endsWith)
            && !one.getSimpleName().endsWith("KeyManager")) {
          events.add(SimpleConditionEvent.violated(one, one.getName()));
        }
      }
    };
  }
}
