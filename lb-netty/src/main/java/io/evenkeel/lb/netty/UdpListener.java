package io.evenkeel.lb.netty;

import io.evenkeel.lb.BindAddress;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An address where datagrams are received, by a relay for each event loop or by one.
 *
 * @param bind what is configured
 * @param relays at least one, all of one address
 */
record UdpListener(BindAddress bind, List<DatagramRelay> relays) {
    private static final Logger LOGGER = LoggerFactory.getLogger(UdpListener.class);

    private interface Step {
        void take(DatagramRelay relay) throws IOException;
    }

    UdpListener {
        relays = List.copyOf(relays);
    }

    /** With the port that the kernel chose for port 0. */
    InetSocketAddress localAddress() {
        return relays.get(0).localAddress();
    }

    void start() throws IOException {
        for (DatagramRelay relay : relays) {
            Future<?> done = onLoop(relay, DatagramRelay::start);
            if (!done.isSuccess()) {
                throw new IOException(done.cause());
            }
        }
    }

    /** Its datagrams are that frontend's from now on; sessions stay. */
    void serve(UdpFrontend frontend) {
        int most = frontend.config().maxSessions();
        for (int i = 0; i < relays.size(); i++) {
            int share = share(most, i, relays.size());
            onLoopQuietly(relays.get(i), relay -> relay.serve(frontend, share));
        }
    }

    /** Ends its sessions and receives no more. */
    void close() {
        relays.forEach(relay -> onLoopQuietly(relay, DatagramRelay::close));
    }

    /** How many of all sessions one of several relays may have: the kernel spreads clients evenly. */
    static int share(int all, int index, int relays) {
        return all / relays + (index < all % relays ? 1 : 0);
    }

    private void onLoopQuietly(DatagramRelay relay, Step step) {
        Future<?> done = onLoop(relay, step);
        if (!done.isSuccess()) {
            LOGGER.warn(
                    "A step of a UDP listener on {} failed; the rest is done.", bind, done.cause());
        }
    }

    private static Future<?> onLoop(DatagramRelay relay, Step step) {
        return relay.loop()
                .loop()
                .submit(
                        () -> {
                            step.take(relay);
                            return null;
                        })
                .awaitUninterruptibly();
    }
}
