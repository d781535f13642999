package dev.symphony.program;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The rooms of the project and who may know whom, checked on the compiled classes. */
class ArchitectureTest {
  private static final String[] ENGINE = {"dev.symphony.engine..", "dev.symphony.spi.."};
  private static final String COMMANDLINE = "dev.symphony.commandline..";
  private static final String TMUX = "dev.symphony.tmux..";
  private static final String KUBE = "dev.symphony.kube..";
  private static final String IMAGE = "dev.symphony.image..";
  private static final String PROGRAM = "dev.symphony.program..";

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.symphony");

  @Test
  void engineKnowsNoBackendModuleAndNoCommandLine() {
    check(
        noClasses()
            .that()
            .resideInAnyPackage(ENGINE)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(TMUX, KUBE, COMMANDLINE, PROGRAM, IMAGE)
            .orShould()
            .dependOnClassesThat()
            .resideInAnyPackage("net.sourceforge.argparse4j..", "io.fabric8.."));
  }

  @Test
  void commandLineDependsOnTheEngineAlone() {
    check(
        classes()
            .that()
            .resideInAPackage(COMMANDLINE)
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                COMMANDLINE,
                "dev.symphony.engine..",
                "dev.symphony.spi..",
                "java..",
                "javax..",
                "sun.misc..",
                "net.sourceforge.argparse4j..",
                "tools.jackson..",
                "org.snakeyaml.engine..",
                "org.slf4j..",
                "org.jspecify.."));
  }

  @Test
  void commandLineKnowsBackendsOnlyThroughCluster() {
    check(
        noClasses()
            .that()
            .resideInAPackage(COMMANDLINE)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.symphony.engine.local..", "dev.symphony.engine.internal.."));
  }

  @Test
  void tmuxKnowsTheEngineAndNothingAbove() {
    check(
        noClasses()
            .that()
            .resideInAPackage(TMUX)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(COMMANDLINE, PROGRAM, KUBE, IMAGE)
            .orShould()
            .dependOnClassesThat()
            .resideInAnyPackage("net.sourceforge.argparse4j..", "io.fabric8.."));
  }

  @Test
  void kubeKnowsTheEngineAndNothingAbove() {
    check(
        noClasses()
            .that()
            .resideInAPackage(KUBE)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                COMMANDLINE,
                PROGRAM,
                TMUX,
                IMAGE,
                "dev.symphony.engine.local..",
                "net.sourceforge..")
            .orShould()
            .dependOnClassesThat()
            .resideInAPackage("dev.symphony.engine.internal.."));
  }

  @Test
  void imageKnowsTheEngineAndNothingAbove() {
    check(
        noClasses()
            .that()
            .resideInAPackage(IMAGE)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                COMMANDLINE,
                PROGRAM,
                TMUX,
                KUBE,
                "dev.symphony.engine.local..",
                "net.sourceforge..")
            .orShould()
            .dependOnClassesThat()
            .resideInAPackage("dev.symphony.engine.internal.."));
  }

  @Test
  void onlyImageKnowsTheRegistryLibrary() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackage(IMAGE)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("com.google.."));
  }

  @Test
  void onlyKubeKnowsTheKubernetesClient() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackage(KUBE)
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.fabric8.."));
  }

  @Test
  void nothingKnowsTheProgram() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackage(PROGRAM)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(PROGRAM));
  }

  @Test
  void internalPackagesAreUsedByTheirOwnModuleOnly() {
    check(
        classes()
            .that()
            .resideInAPackage("dev.symphony.engine.internal..")
            .should()
            .onlyHaveDependentClassesThat()
            .resideInAnyPackage(ENGINE));
    check(
        classes()
            .that()
            .resideInAPackage("dev.symphony.commandline.internal..")
            .should()
            .onlyHaveDependentClassesThat()
            .resideInAPackage(COMMANDLINE));
    check(
        classes()
            .that()
            .resideInAPackage("dev.symphony.tmux.internal..")
            .should()
            .onlyHaveDependentClassesThat()
            .resideInAPackage(TMUX));
    check(
        classes()
            .that()
            .resideInAPackage("dev.symphony.kube.internal..")
            .should()
            .onlyHaveDependentClassesThat()
            .resideInAPackage(KUBE));
    check(
        classes()
            .that()
            .resideInAPackage("dev.symphony.image.internal..")
            .should()
            .onlyHaveDependentClassesThat()
            .resideInAPackage(IMAGE));
  }

  @Test
  void packagesOfAModuleHaveNoCycles() {
    check(slices().matching("dev.symphony.engine.(**)").should().beFreeOfCycles());
    check(slices().matching("dev.symphony.commandline.(**)").should().beFreeOfCycles());
    check(slices().matching("dev.symphony.tmux.(**)").should().beFreeOfCycles());
    check(slices().matching("dev.symphony.kube.(**)").should().beFreeOfCycles());
    check(slices().matching("dev.symphony.image.(**)").should().beFreeOfCycles());
  }

  @Test
  void onlyMainEndsTheProgram() {
    check(classes().should(endTheProgramInMainOnly()));
  }

  @Test
  void engineAndBackendsPrintNothing() {
    check(
        noClasses()
            .that()
            .resideInAnyPackage(ENGINE)
            .or()
            .resideInAnyPackage(TMUX, KUBE, IMAGE)
            .and()
            // Shows what it builds, unless its user says where else or not to.
            .doNotHaveFullyQualifiedName("dev.symphony.image.DockerBuilder")
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err")
            .orShould()
            .callMethod(Throwable.class, "printStackTrace"));
  }

  private static ArchCondition<JavaClass> endTheProgramInMainOnly() {
    Set<String> exits = Set.of("java.lang.System.exit", "java.lang.Runtime.exit");
    Set<String> ends = Set.of("main", "runAndExit");
    return new ArchCondition<>("call System.exit in main, or in what main ends with, only") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        for (JavaMethodCall call : type.getMethodCallsFromSelf()) {
          String target = call.getTargetOwner().getName() + "." + call.getName();
          if (exits.contains(target) && !ends.contains(call.getOrigin().getName())) {
            events.add(SimpleConditionEvent.violated(call, call.getDescription()));
          }
        }
      }
    };
  }

  private static void check(ArchRule rule) {
    // A room without packages of its own kind keeps the rule.
    rule.allowEmptyShould(true).check(CLASSES);
  }
}
