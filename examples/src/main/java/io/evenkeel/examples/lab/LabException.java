package io.evenkeel.examples.lab;

import org.jspecify.annotations.Nullable;

/** Something the laboratory was asked to do did not work; the message says what, where and why. */
public final class LabException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    LabException(String message) {
        super(message);
    }

    LabException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
