package io.evenkeel.benchmarks.sidebyside;

/** Something cannot be measured; the message says what and why. */
public final class SideBySideException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SideBySideException(String message) {
        super(message);
    }

    SideBySideException(String message, Throwable cause) {
        super(message, cause);
    }
}
