package io.evenkeel.lb;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import org.junit.jupiter.api.Test;

/** The core decides and does nothing else: no I/O, no thread, no clock, no logger, no hidden chance. */
class PurityTest {
    private static final JavaClasses CORE =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages("io.evenkeel.lb");

    @Test
    void dependsOnNothingButTheJdkAndItself() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideOutsideOfPackages(
                        "java.lang..",
                        "java.util..",
                        "java.time",
                        "java.io",
                        "java.nio",
                        "java.nio.charset",
                        "io.evenkeel.lb..",
                        "org.jspecify..")
                .check(CORE);
    }

    @Test
    void startsNoThreadAndWaitsForNone() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .areAssignableTo(Thread.class)
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(java.util.concurrent.Executor.class)
                .orShould()
                .dependOnClassesThat()
                .resideInAnyPackage("java.util.concurrent.locks", "java.util.logging")
                .check(CORE);
    }

    @Test
    void opensNoFile() {
        noClasses()
                .should()
                .dependOnClassesThat(
                        DescribedPredicate.describe(
                                "do I/O",
                                (JavaClass c) ->
                                        c.getPackageName().equals("java.io")
                                                && !c.getSimpleName().equals("Serializable")))
                .check(CORE);
    }

    @Test
    void asksNoClockAndNoChance() {
        noClasses()
                .should()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(java.time.Clock.class)
                .orShould()
                .dependOnClassesThat()
                .belongToAnyOf(
                        java.time.Instant.class,
                        java.time.LocalDateTime.class,
                        java.util.Random.class,
                        java.util.Timer.class,
                        java.util.concurrent.ThreadLocalRandom.class)
                .check(CORE);
    }

    @Test
    void keepsNoStaticState() {
        ArchRuleDefinition.fields()
                .that()
                .areStatic()
                .should()
                .haveModifier(JavaModifier.FINAL)
                .check(CORE);
    }
}
