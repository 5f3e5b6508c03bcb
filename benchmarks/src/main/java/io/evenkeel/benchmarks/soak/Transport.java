package io.evenkeel.benchmarks.soak;

import java.util.List;

/** How the launcher drives its sockets. */
enum Transport {
    EPOLL("epoll"),
    IO_URING("io_uring"),
    NIO("nio");

    private final String name;

    Transport(String name) {
        this.name = name;
    }

    /** What its command line has for it. */
    List<String> words() {
        return List.of("--transport", name);
    }
}
