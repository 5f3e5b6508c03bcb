package io.evenkeel.benchmarks.sidebyside;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.util.List;
import org.junit.jupiter.api.Test;

class SinkTest {
    private final InetSocketAddress address = Place.ofThisProcess().sink();

    @Test
    void confirmsAnUploadOfAnyLength() throws IOException {
        Sink sink = Sink.open(address);
        try (sink) {
            for (long bytes : new long[] {1, 256 * 1024 - 8, 256 * 1024, 3_000_001}) {
                assertTrue(Upload.send(address, bytes) > 0);
            }
            assertTrue(Listeners.areOf(List.of(ProcessHandle.current().pid()), address));
        }
    }

    @Test
    void aListenerIsOfTheProcessThatHasIt() throws IOException {
        long own = ProcessHandle.current().pid();
        try (ServerSocketChannel server = ServerSocketChannel.open().bind(address)) {
            assertTrue(server.isOpen() && Listeners.areOf(List.of(own), address));
            assertFalse(Listeners.areOf(List.of(), address));
        }
        assertFalse(Listeners.areOf(List.of(own), address));
    }
}
