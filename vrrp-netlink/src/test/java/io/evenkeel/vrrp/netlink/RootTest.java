package io.evenkeel.vrrp.netlink;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A test that needs root and network namespaces. It is skipped with a reason where they are missing, but fails there when the
 * environment variable EVENKEEL_IT is {@code required}.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(RootTest.Condition.class)
@interface RootTest {
    /** The programs that the test needs besides {@code ip}. */
    String[] programs() default {};

    final class Condition implements ExecutionCondition {
        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            String missing = missing(context);
            if (missing == null) {
                return ConditionEvaluationResult.enabled("root and network namespaces are there");
            }
            if ("required".equals(System.getenv("EVENKEEL_IT"))) {
                throw new IllegalStateException("EVENKEEL_IT=required, but " + missing);
            }
            // A skipped test's reason stays in the report; the one who waits for the build reads
            // this.
            System.err.println(
                    context.getRequiredTestClass().getSimpleName()
                            + " is skipped: "
                            + missing
                            + ".");
            return ConditionEvaluationResult.disabled("Skipped because " + missing);
        }

        private static @Nullable String missing(ExtensionContext context) {
            RootTest test = context.getRequiredTestClass().getAnnotation(RootTest.class);
            for (String program : test == null ? new String[0] : test.programs()) {
                if (!Files.isExecutable(Path.of(program))) {
                    return program + " is not installed";
                }
            }
            return Namespace.missing();
        }
    }
}
