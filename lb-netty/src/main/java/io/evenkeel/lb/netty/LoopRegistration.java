package io.evenkeel.lb.netty;

import io.netty.channel.IoEventLoop;
import io.netty.channel.IoHandle;
import io.netty.channel.IoRegistration;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Registers handles of our own with Netty's loops. */
final class LoopRegistration {
    private static final Logger LOGGER = LoggerFactory.getLogger(LoopRegistration.class);

    private LoopRegistration() {}

    /** To be called on the loop. */
    static IoRegistration register(IoEventLoop loop, IoHandle handle) throws IOException {
        Future<IoRegistration> future = loop.register(handle);
        if (!future.isSuccess()) {
            throw new IOException(
                    "A socket could not be registered with its event loop: " + future.cause(),
                    future.cause());
        }
        return future.getNow();
    }

    /** The descriptor is gone whatever {@code close} says; what it says is for whoever debugs the host. */
    static void closeQuietly(AutoCloseableDescriptor descriptor, String what) {
        try {
            descriptor.close();
        } catch (IOException e) {
            LOGGER.debug("Closing {} reported an error.", what, e);
        }
    }

    /** Netty's descriptors have a {@code close} but are not {@code Closeable}. */
    @FunctionalInterface
    interface AutoCloseableDescriptor {
        void close() throws IOException;
    }
}
