package io.evenkeel.lb.netty;

import io.evenkeel.lb.BindAddress;
import io.evenkeel.lb.ListenConfig;
import io.netty.channel.IoEventLoop;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.net.InetSocketAddress;
import java.util.List;
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
        for (Acceptor acceptor : acceptors) {
            await(acceptor.context().loop().submit(() -> acceptor.serve(frontend)));
        }
    }

    /** Serves what waits to be accepted, then stops to listen. */
    void close() {
        for (Acceptor acceptor : acceptors) {
            IoEventLoop loop = acceptor.context().loop();
            Promise<Void> closed = loop.newPromise();
            loop.execute(() -> acceptor.close(config.backlog(), closed));
            await(closed);
        }
    }

    private void await(Future<?> step) {
        step.awaitUninterruptibly();
        if (!step.isSuccess()) {
            LOGGER.warn("A step of a listener on {} failed; the rest is done.", bind, step.cause());
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
