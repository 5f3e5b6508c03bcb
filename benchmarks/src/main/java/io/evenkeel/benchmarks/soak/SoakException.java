package io.evenkeel.benchmarks.soak;

/** The soak cannot be made here; the message says why. */
final class SoakException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SoakException(String message) {
        super(message);
    }

    SoakException(String message, Throwable cause) {
        super(message, cause);
    }
}
