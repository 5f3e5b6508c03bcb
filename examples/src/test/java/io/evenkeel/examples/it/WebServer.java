package io.evenkeel.examples.it;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.evenkeel.examples.lab.LabHost;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** A web server in a host; every page says the host's name. */
final class WebServer implements AutoCloseable {
    private final LabHost host;
    private final int port;
    private final @Nullable SSLContext tls;
    private final ExecutorService executor =
            Executors.newCachedThreadPool(
                    task -> {
                        Thread thread = new Thread(task, "web-server");
                        thread.setDaemon(true);
                        return thread;
                    });
    private @Nullable HttpServer server;

    /**
     * @param tls for HTTPS; null for HTTP
     */
    WebServer(LabHost host, int port, @Nullable SSLContext tls) {
        this.host = host;
        this.port = port;
        this.tls = tls;
    }

    /** Opens the port, on every address of the host. */
    void start() {
        try {
            HttpServer started = host.call(this::open);
            started.createContext("/", this::answer);
            started.setExecutor(executor);
            started.start();
            server = started;
        } catch (Exception e) {
            throw new IllegalStateException("No web server on port " + port + " of " + host, e);
        }
    }

    /** Closes the port and every connection, as a killed server's kernel does. Nobody gets through to it after that. */
    void kill() {
        stop();
        // Its thread may close the port a moment later.
        Conditions.await(
                "port " + port + " of " + host + " is closed",
                Duration.ofSeconds(10),
                this::refuses,
                () -> "");
    }

    private boolean refuses() {
        try {
            host.call(() -> new Socket(InetAddress.getLoopbackAddress(), port)).close();
            return false;
        } catch (ConnectException e) {
            return true;
        } catch (Exception e) {
            throw new IllegalStateException("No connect to port " + port + " of " + host, e);
        }
    }

    private void stop() {
        if (server != null) {
            server.stop(0);
            server = null;
        }
    }

    @Override
    public void close() {
        stop();
        executor.shutdownNow();
    }

    private HttpServer open() throws IOException {
        InetSocketAddress address = new InetSocketAddress(port);
        if (tls == null) {
            return HttpServer.create(address, 0);
        }
        HttpsServer https = HttpsServer.create(address, 0);
        https.setHttpsConfigurator(new HttpsConfigurator(tls));
        return https;
    }

    private void answer(HttpExchange exchange) throws IOException {
        byte[] page = (host.name() + "\n").getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Connection", "close");
        exchange.sendResponseHeaders(200, page.length);
        exchange.getResponseBody().write(page);
        exchange.close();
    }
}
