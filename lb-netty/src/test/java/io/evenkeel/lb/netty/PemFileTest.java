package io.evenkeel.lb.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class PemFileTest {
    @Test
    void aFileWithoutAnEndIsRefused() {
        TlsFileException refused =
                assertThrows(TlsFileException.class, () -> PemFile.read(Path.of("/dev/zero")));
        assertEquals(
                "The file /dev/zero is longer than any file of certificates: it has more than 16 MiB.",
                refused.getMessage());
    }

    @Test
    void aDirectoryIsNoFile() {
        TlsFileException refused =
                assertThrows(TlsFileException.class, () -> PemFile.read(Path.of("/tmp")));
        assertEquals("The file /tmp cannot be read: Is a directory.", refused.getMessage());
    }
}
