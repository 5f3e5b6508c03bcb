package io.evenkeel.lb.netty;

import java.util.List;

/** Files of certificates and keys cannot be used. */
final class TlsFileException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient List<String> problems;

    /** @param problems each a sentence that names a file */
    TlsFileException(List<String> problems) {
        super(String.join(" ", problems));
        this.problems = List.copyOf(problems);
    }

    TlsFileException(String problem) {
        this(List.of(problem));
    }

    List<String> problems() {
        return problems;
    }
}
