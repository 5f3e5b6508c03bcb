package io.evenkeel.benchmarks.soak;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.rmi.server.RMISocketFactory;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Stream;
import javax.management.JMException;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** Looks at another JVM: through {@code /proc}, and through its management beans, to which it attaches. */
final class Probe implements AutoCloseable {
    /** The proxy always has a buffer for each of its threads. */
    private static final long LEAST_BUFFER = 64 * 1024;

    private final Path proc;
    private final JMXConnector connector;
    private final MBeanServerConnection beans;
    private final MemoryMXBean memory;
    private final ThreadMXBean threads;
    private final BufferPoolMXBean direct;
    private final ManagementSockets sockets;

    private Probe(long pid, JMXConnector connector, ManagementSockets sockets) throws IOException {
        this.sockets = sockets;
        proc = Path.of("/proc", Long.toString(pid));
        this.connector = connector;
        beans = connector.getMBeanServerConnection();
        memory = ManagementFactory.getPlatformMXBean(beans, MemoryMXBean.class);
        threads = ManagementFactory.getPlatformMXBean(beans, ThreadMXBean.class);
        direct =
                ManagementFactory.getPlatformMXBeans(beans, BufferPoolMXBean.class).stream()
                        .filter(pool -> pool.getName().equals("direct"))
                        .findFirst()
                        .orElseThrow();
    }

    static Probe attach(long pid) throws IOException {
        // Without this they would come and go, between one count and the other.
        System.setProperty("sun.rmi.transport.connectionTimeout", "86400000");
        ManagementSockets sockets = new ManagementSockets();
        RMISocketFactory.setSocketFactory(sockets);
        try {
            VirtualMachine machine = VirtualMachine.attach(Long.toString(pid));
            String address;
            try {
                address = machine.startLocalManagementAgent();
            } finally {
                machine.detach();
            }
            JMXConnector connector = JMXConnectorFactory.connect(new JMXServiceURL(address));
            return new Probe(pid, connector, sockets);
        } catch (AttachNotSupportedException e) {
            throw new IOException(
                    "The JVM " + pid + " cannot be attached to: " + e.getMessage(), e);
        }
    }

    /**
     * Looks at it.
     *
     * @param collect whether the heap is collected before
     */
    Sample look(double seconds, boolean collect, long live, long done, long bytes)
            throws IOException {
        double heap = collect ? heapAfterCollection() : Double.NaN;
        String status = Files.readString(proc.resolve("status"));
        return new Sample(
                seconds,
                heap,
                1024.0 * field(status, "VmRSS:"),
                directBytes(),
                memory.getNonHeapMemoryUsage().getUsed(),
                descriptors(),
                javaThreads(),
                field(status, "Threads:"),
                live,
                done,
                bytes);
    }

    private double heapAfterCollection() {
        memory.gc();
        return memory.getHeapMemoryUsage().getUsed();
    }

    /** NaN on a JVM on which Netty's buffers are not among those that it counts, as from Java 25 on. */
    private double directBytes() {
        long used = direct.getMemoryUsed();
        return used < LEAST_BUFFER ? Double.NaN : used;
    }

    /** Those of the management connections are not the program's. */
    private long descriptors() throws IOException {
        try (Stream<Path> open = Files.list(proc.resolve("fd"))) {
            return open.count() - sockets.open();
        }
    }

    /** Those of the management connection are not the program's. */
    private long javaThreads() {
        ThreadInfo[] all = threads.getThreadInfo(threads.getAllThreadIds());
        return Arrays.stream(all)
                .filter(Objects::nonNull)
                .map(ThreadInfo::getThreadName)
                .filter(name -> !name.startsWith("RMI ") && !name.startsWith("JMX "))
                .count();
    }

    /** What the heap holds, by class, after a collection. */
    String histogram() throws IOException {
        try {
            return (String)
                    beans.invoke(
                            new ObjectName("com.sun.management:type=DiagnosticCommand"),
                            "gcClassHistogram",
                            new Object[] {new String[0]},
                            new String[] {String[].class.getName()});
        } catch (JMException e) {
            throw new IOException("The JVM makes no histogram: " + e, e);
        }
    }

    private static long field(String status, String name) {
        String line =
                status.lines().filter(text -> text.startsWith(name)).findFirst().orElseThrow();
        return Long.parseLong(line.replaceAll("\\D", ""));
    }

    @Override
    public void close() {
        try {
            connector.close();
        } catch (IOException e) {
            // The process that it was connected to is gone, which is all that it means.
            return;
        }
    }
}
