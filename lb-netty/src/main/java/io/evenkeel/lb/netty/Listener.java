package io.evenkeel.lb.netty;

import io.evenkeel.lb.BindAddress;
import io.evenkeel.lb.ListenConfig;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An address that is listened on, by an acceptor for each event loop or by one.
 *
 * @param bind what is configured
 * @param config how
 * @param acceptors at least one, all of one address
 */
record Listener(BindAddress bind, ListenConfig config, List<Acceptor> acceptors) {
    private static final Logger LOGGER = LoggerFactory.getLogger(Listener.class);

    Listener {
        acceptors = List.copyOf(acceptors);
    }

    /** With the port that the kernel chose for port 0. */
    InetSocketAddress localAddress() {
        return acceptors.get(0).localAddress();
    }

    /** Its connections are another frontend's from now on. */
    void serve(Frontend frontend) {
        onLoops(acceptor -> acceptor.serve(frontend));
    }

    /** Serves what waits to be accepted, then stops to listen. */
    void close() {
        onLoops(Acceptor::close);
    }

    private void onLoops(Consumer<Acceptor> step) {
        for (Acceptor acceptor : acceptors) {
            Future<?> done =
                    acceptor.context()
                            .loop()
                            .submit(() -> step.accept(acceptor))
                            .awaitUninterruptibly();
            if (!done.isSuccess()) {
                LOGGER.warn(
                        "A step of a listener on {} failed; the rest is done.", bind, done.cause());
            }
        }
    }

    /** That limit has room again; from any thread. */
    void resume(ConnectionLimit free) {
        for (Acceptor acceptor : acceptors) {
            acceptor.resume(free);
        }
    }

    /** The frontend may have other limits; from any thread. */
    void resume() {
        for (Acceptor acceptor : acceptors) {
            acceptor.resume();
        }
    }
}
