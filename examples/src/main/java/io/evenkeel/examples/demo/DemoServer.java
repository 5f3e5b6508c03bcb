package io.evenkeel.examples.demo;

import java.io.IOException;

/** One of the servers behind the balancer, wherever it runs. */
interface DemoServer extends AutoCloseable {
    /** The name it answers with and has in the balancer's configuration. */
    String name();

    boolean isUp();

    /** Ends it with its connections, without a word to anybody. */
    void kill();

    /** Starts it, or starts it again. */
    void start() throws IOException;

    @Override
    void close();
}
