package io.evenkeel.lb.netty;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/** A local port that refuses connections, and that nobody else can be given while the test runs. */
final class RefusingPort implements AutoCloseable {
    private final Socket boundButNotListening = new Socket();

    RefusingPort() throws IOException {
        boundButNotListening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    int port() {
        return boundButNotListening.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        boundButNotListening.close();
    }
}
