package io.evenkeel.benchmarks.soak;

import java.io.IOException;

/** What arrived is not what was sent. */
final class WrongByteException extends IOException {
    private static final long serialVersionUID = 1L;

    WrongByteException(String message) {
        super(message);
    }
}
