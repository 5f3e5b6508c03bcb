package io.evenkeel.examples.demo;

import io.evenkeel.examples.lab.LabHost;
import java.io.IOException;

/** A server on a host of the laboratory: its sockets are opened there, its threads run here. */
final class LanServer implements DemoServer {
    private final NamedServer server;
    private final LabHost host;

    LanServer(NamedServer server, LabHost host) {
        this.server = server;
        this.host = host;
    }

    @Override
    public String name() {
        return server.name();
    }

    @Override
    public boolean isUp() {
        return server.isUp();
    }

    @Override
    public void kill() {
        server.kill();
    }

    @Override
    public void start() throws IOException {
        try {
            host.call(
                    () -> {
                        server.start();
                        return server;
                    });
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException(name() + " cannot be started in " + host + ": " + e, e);
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
