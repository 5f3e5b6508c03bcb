package io.evenkeel.lb.netty;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A {@link ShortageMain} in a JVM of its own. */
final class ProxyProcess implements AutoCloseable {
    private final Process process;
    private final BufferedReader output;
    private final int port;

    /** With at most so many descriptors. */
    ProxyProcess(int descriptors, Transport transport, int serverPort) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        process =
                new ProcessBuilder(
                                "sh",
                                "-c",
                                "ulimit -n " + descriptors + "; exec \"$@\"",
                                "sh",
                                java,
                                "-Xmx64m",
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                System.getProperty(
                                        "surefire.test.class.path",
                                        System.getProperty("java.class.path")),
                                ShortageMain.class.getName(),
                                transport.name(),
                                Integer.toString(serverPort))
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        output = process.inputReader();
        String greeting = output.readLine();
        if (greeting == null) {
            throw new IOException("The process has ended before its proxy was started");
        }
        port = Integer.parseInt(greeting);
    }

    /** A client's connection to the proxy that gives up after 10 s without a byte. */
    Socket connect() throws IOException {
        Socket socket = new Socket();
        socket.connect(new InetSocketAddress("127.0.0.1", port), 10_000);
        socket.setSoTimeout(10_000);
        return socket;
    }

    /** Has the process do something; what it has counted then. */
    String ask(String command) throws IOException {
        process.outputWriter().write(command + "\n");
        process.outputWriter().flush();
        return String.valueOf(output.readLine());
    }

    @Override
    public void close() throws IOException {
        try {
            process.getOutputStream().close();
            process.onExit().orTimeout(10, TimeUnit.SECONDS).join();
        } finally {
            process.destroyForcibly();
        }
    }
}
