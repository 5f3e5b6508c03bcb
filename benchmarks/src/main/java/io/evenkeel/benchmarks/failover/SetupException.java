package io.evenkeel.benchmarks.failover;

/** A measurement could not be made; the message says what did not happen and what the processes logged. */
final class SetupException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SetupException(String message) {
        super(message);
    }

    SetupException(String message, Throwable cause) {
        super(message, cause);
    }
}
