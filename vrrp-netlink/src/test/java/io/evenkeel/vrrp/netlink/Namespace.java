package io.evenkeel.vrrp.netlink;

import com.sun.jna.Native;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * A network namespace of a thread's own. What the thread opens or starts is in it: sockets, other threads, processes. It is gone when the
 * last of them is.
 */
final class Namespace implements AutoCloseable {
    /** What ip says, among what it was asked for, while another process makes or removes a named namespace. */
    private static final String OTHERS_NAMESPACE = "Peer netns reference is invalid.\n";

    private static final int CLONE_NEWNET = 0x40000000;

    private final ExecutorService executor =
            Executors.newSingleThreadExecutor(
                    task -> {
                        Thread thread = new Thread(task, "namespace");
                        thread.setDaemon(true);
                        return thread;
                    });
    private final int threadId;

    Namespace() throws Exception {
        threadId =
                executor.submit(
                                () -> {
                                    if (Calls.unshare(CLONE_NEWNET) != 0) {
                                        throw new IllegalStateException(
                                                "unshare(CLONE_NEWNET) failed with "
                                                        + Errno.describe(Native.getLastError()));
                                    }
                                    return Calls.gettid();
                                })
                        .get();
        ip("link set lo up");
    }

    /** Why there cannot be a namespace here, null if there can. */
    static @Nullable String missing() {
        try (Namespace namespace = new Namespace()) {
            namespace.ip("link show lo");
            return null;
        } catch (Exception e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            return "network namespaces cannot be made: " + cause.getMessage();
        }
    }

    /** The thread whose namespace this is, by which {@code ip link ... netns} finds it. */
    int threadId() {
        return threadId;
    }

    /** Runs something in the namespace and returns its result. */
    <T> T call(Callable<T> task) throws Exception {
        try {
            return executor.submit(task).get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Exception cause) {
                throw cause;
            }
            throw e;
        }
    }

    /** Runs {@code ip} with these arguments; returns what it printed. */
    String ip(String arguments) throws Exception {
        return run("ip " + arguments);
    }

    /** Runs a command without quoting; returns what it printed. */
    String run(String command) throws Exception {
        return run(List.of(command.split(" ")));
    }

    /** Runs a command; returns what it printed. */
    String run(List<String> command) throws Exception {
        Process process = start(command);
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + " failed: " + output);
        }
        return output.replace(OTHERS_NAMESPACE, "");
    }

    Process start(List<String> command) throws Exception {
        return call(() -> new ProcessBuilder(command).redirectErrorStream(true).start());
    }

    @Override
    public void close() {
        executor.shutdown();
    }

    private static final class Calls {
        static {
            Native.register(Calls.class, "c");
        }

        private Calls() {}

        static native int unshare(int flags);

        static native int gettid();
    }
}
