package io.evenkeel.examples.lab;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The local IPv4 addresses of one namespace, read from the kernel's own table without a process: cheap
 * enough to be sampled every few milliseconds.
 */
final class AddressTable implements AutoCloseable {
    private final RandomAccessFile file;
    private byte[] buffer = new byte[16 * 1024];

    private AddressTable(RandomAccessFile file) {
        this.file = file;
    }

    /** Opens the table of the calling thread's namespace; it may be read from any thread. */
    static AddressTable openOfThisThread() throws IOException {
        return new AddressTable(new RandomAccessFile("/proc/thread-self/net/fib_trie", "r"));
    }

    /** The table as it is now. */
    synchronized String read() {
        try {
            file.seek(0);
            int length = 0;
            while (true) {
                if (length == buffer.length) {
                    buffer = Arrays.copyOf(buffer, 2 * length);
                }
                int count = file.read(buffer, length, buffer.length - length);
                if (count <= 0) {
                    return new String(buffer, 0, length, StandardCharsets.ISO_8859_1);
                }
                length += count;
            }
        } catch (IOException e) {
            throw new LabException("The address table cannot be read: " + e, e);
        }
    }

    /** Whether {@code table} has {@code address} as an address of the host itself. */
    static boolean contains(String table, String address) {
        String leaf = "|-- " + address + "\n";
        int at = table.indexOf(leaf);
        while (at >= 0) {
            int from = at + leaf.length();
            int nextLeaf = table.indexOf("|--", from);
            int local = table.indexOf("/32 host LOCAL", from);
            if (local >= 0 && (nextLeaf < 0 || local < nextLeaf)) {
                return true;
            }
            at = table.indexOf(leaf, from);
        }
        return false;
    }

    @Override
    public synchronized void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw new LabException("The address table cannot be closed: " + e, e);
        }
    }
}
