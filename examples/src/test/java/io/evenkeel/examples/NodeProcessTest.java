package io.evenkeel.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The process of {@code run}, with signals as calls. */
@Timeout(60)
class NodeProcessTest {
    @TempDir Path folder;

    private final StringWriter err = new StringWriter();

    /** What the next reads find, in this order. */
    private final BlockingQueue<Supplier<ConfigFiles>> reads = new LinkedBlockingQueue<>();

    private final NodeProcess process = new NodeProcess(this::read, 0, null);

    private ConfigFiles read() {
        return reads.remove().get();
    }

    private ConfigFiles listeningOn(int port) throws IOException {
        return ConfigFiles.read(
                null,
                Files.writeString(
                        folder.resolve(port + ".cfg"),
                        """
                        defaults
                            timeout client 10s
                            timeout connect 10s
                            timeout server 10s
                        listen web
                            bind 127.0.0.1:%d
                            server s1 127.0.0.1:1
                        """
                                .formatted(port)),
                "");
    }

    private static boolean listens(int port) {
        try {
            new Socket(InetAddress.getLoopbackAddress(), port).close();
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Thread start(Runnable signal) {
        Thread thread = new Thread(signal);
        thread.start();
        return thread;
    }

    /** Until it waits for another one, or has nothing to do. */
    private static void awaitStandstill(Thread thread) {
        while (thread.getState() != Thread.State.BLOCKED
                && thread.getState() != Thread.State.TERMINATED) {
            Thread.onSpinWait();
        }
    }

    @Test
    void ofReloadsAtATimeTheLastOneReadsLast() throws Exception {
        ConfigFiles first = listeningOn(UnusedPorts.next());
        int olderPort = UnusedPorts.next();
        ConfigFiles older = listeningOn(olderPort);
        int newerPort = UnusedPorts.next();
        ConfigFiles newer = listeningOn(newerPort);
        CountDownLatch olderIsRead = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        reads.add(() -> first);
        reads.add(
                () -> {
                    olderIsRead.countDown();
                    await(goOn);
                    return older;
                });
        reads.add(() -> newer);

        assertEquals(ExitCode.DONE, process.start(new PrintWriter(err)), err::toString);
        Thread one = start(process::reload);
        olderIsRead.await();
        Thread two = start(process::reload);
        awaitStandstill(two);
        // It waits as the second does, and asks for nothing else.
        process.reload();
        goOn.countDown();
        one.join();
        two.join();
        assertTrue(listens(newerPort));
        assertFalse(listens(olderPort));
        assertTrue(reads.isEmpty());
        process.stop();
        process.awaitStop();
        assertFalse(listens(newerPort));
    }

    @Test
    void aReloadWhileItStartsHasItsTurnAfterwards() throws Exception {
        ConfigFiles first = listeningOn(UnusedPorts.next());
        int port = UnusedPorts.next();
        ConfigFiles changed = listeningOn(port);
        CountDownLatch isRead = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        reads.add(
                () -> {
                    isRead.countDown();
                    await(goOn);
                    return first;
                });
        reads.add(() -> changed);
        Thread start = start(() -> process.start(new PrintWriter(err)));
        isRead.await();
        Thread signal = start(process::reload);
        awaitStandstill(signal);
        goOn.countDown();
        start.join();
        signal.join();
        assertTrue(listens(port));
        process.stop();
        process.awaitStop();
    }

    @Test
    void whatIsToStopBeforeItHasStartedOpensNothing() throws Exception {
        int port = UnusedPorts.next();
        ConfigFiles files = listeningOn(port);
        reads.add(
                () -> {
                    process.stop();
                    return files;
                });
        assertEquals(ExitCode.DONE, process.start(new PrintWriter(err)), err::toString);
        assertFalse(listens(port));
        process.reload();
        assertTrue(reads.isEmpty());
    }
}
