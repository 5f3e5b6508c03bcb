package io.evenkeel.examples.demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** An HTTP server that answers its name and the name of the node through which it was reached. */
final class NamedServer implements DemoServer {
    private final String name;
    private final List<InetSocketAddress> addresses;
    private final Function<HttpExchange, String> nodeOf;
    private final List<HttpServer> listeners = new ArrayList<>();
    private final ExecutorService executor;

    /**
     * A server that is not yet started.
     *
     * @param name what it answers
     * @param addresses where it listens, all of them
     * @param nodeOf tells from the two ends of the connection which node made it
     */
    NamedServer(
            String name, List<InetSocketAddress> addresses, Function<HttpExchange, String> nodeOf) {
        // Header and body are two writes; without this the second could wait for an
        // acknowledgement.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        this.name = name;
        this.addresses = List.copyOf(addresses);
        this.nodeOf = nodeOf;
        this.executor =
                Executors.newFixedThreadPool(
                        2,
                        task -> {
                            Thread thread = new Thread(task, "demo-" + name);
                            thread.setDaemon(true);
                            return thread;
                        });
    }

    @Override
    public String name() {
        return name;
    }

    /** Listens on all addresses, or on none if one of them is taken. */
    @Override
    public synchronized void start() throws IOException {
        try {
            for (InetSocketAddress address : addresses) {
                HttpServer listener = HttpServer.create(address, 128);
                listener.setExecutor(executor);
                listener.createContext("/", this::answer);
                listener.start();
                listeners.add(listener);
            }
        } catch (IOException e) {
            kill();
            throw new IOException(
                    name + " cannot listen on " + addresses + ": " + e.getMessage(), e);
        }
    }

    /** Stops listening and drops the connections, as the death of a process would. */
    @Override
    public synchronized void kill() {
        listeners.forEach(listener -> listener.stop(0));
        listeners.clear();
    }

    @Override
    public synchronized boolean isUp() {
        return !listeners.isEmpty();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body =
                    (name + " " + nodeOf.apply(exchange) + "\n").getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
            boolean head = exchange.getRequestMethod().equals("HEAD");
            exchange.sendResponseHeaders(200, head ? -1 : body.length);
            if (!head) {
                exchange.getResponseBody().write(body);
            }
        }
    }

    @Override
    public void close() {
        kill();
        executor.shutdownNow();
    }
}
