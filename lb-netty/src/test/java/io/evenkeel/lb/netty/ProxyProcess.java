package io.evenkeel.lb.netty;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A {@link ShortageMain} in a JVM of its own. */
final class ProxyProcess implements AutoCloseable {
    private final Process process;
    private final BufferedReader output;
    private final int port;

    /** With at most so many descriptors. */
    ProxyProcess(int descriptors, Transport transport, int serverPort) throws IOException {
        this(descriptors, transport, serverPort, 0, 0, 0);
    }

    /** The same; its server is {@code web.test}, which that name server knows. */
    static ProxyProcess withNameserver(
            int descriptors, Transport transport, int serverPort, int nameserverPort)
            throws IOException {
        return new ProxyProcess(descriptors, transport, serverPort, nameserverPort, 0, 0);
    }

    /** The same; its peers find it, {@code here}, at a port, and it finds {@code there} at the other. */
    static ProxyProcess withPeers(
            int descriptors, Transport transport, int serverPort, int ownPort, int peerPort)
            throws IOException {
        return new ProxyProcess(descriptors, transport, serverPort, 0, ownPort, peerPort);
    }

    private ProxyProcess(int descriptors, Transport transport, int... ports) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> command =
                new ArrayList<>(
                        List.of(
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
                                ShortageMain.class.getName()));
        command.add(transport.name());
        for (int each : ports) {
            command.add(Integer.toString(each));
        }
        process =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
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
