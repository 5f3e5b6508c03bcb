package io.evenkeel.benchmarks.soak;

import java.util.List;

/** How the launcher drives its sockets. */
enum Transport {
    EPOLL(List.of(), ""),
    IO_URING(List.of("--io-uring"), ""),
    /** The JDK's selectors, which Netty takes where it may load no native library. */
    NIO(List.of(), "-Dio.netty.transport.noNative=true");

    private final List<String> words;
    private final String javaOption;

    Transport(List<String> words, String javaOption) {
        this.words = words;
        this.javaOption = javaOption;
    }

    /** What its command line has for it. */
    List<String> words() {
        return words;
    }

    /** What its JVM is told, or empty. */
    String javaOption() {
        return javaOption;
    }
}
