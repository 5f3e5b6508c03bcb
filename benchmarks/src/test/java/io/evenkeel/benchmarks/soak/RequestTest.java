package io.evenkeel.benchmarks.soak;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class RequestTest {
    private static final Request REQUEST = new Request(0x0102030405060708L, 70_000, true);

    private static Request read(byte[]... parts) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.write(part);
        }
        return Request.read(new ByteArrayInputStream(all.toByteArray()));
    }

    @Test
    void isFoundBehindWhatComesBeforeIt() throws IOException {
        byte[] version2 =
                HexFormat.of().parseHex("0d0a0d0a000d0a515549540a2111000c7f0000017f00000204d20050");
        byte[] version1 = Request.proxyHeader("127.0.0.1", 1234, "127.0.0.2", 80);
        byte[] hello = ClientHello.of("one.a.example");
        assertEquals(REQUEST, read(REQUEST.bytes()));
        assertEquals(REQUEST, read(version1, REQUEST.bytes()));
        assertEquals(REQUEST, read(version2, hello, REQUEST.bytes()));
    }

    @Test
    void checksAndClientsThatLeaveAskForNothing() throws IOException {
        assertNull(read());
        assertNull(read(Request.CHECK.getBytes(StandardCharsets.US_ASCII)));
    }

    @Test
    void anythingElseIsAWrongByte() {
        assertThrows(WrongByteException.class, () -> read(new byte[] {'x'}));
    }

    @Test
    void payloadIsTheSameInPiecesAndAnotherOfEachConnection() {
        byte[] whole = new byte[1000];
        byte[] piece = new byte[333];
        Payload.fill(7, 0, whole, whole.length);
        Payload.fill(7, 501, piece, piece.length);
        assertEquals(-1, Payload.mismatch(7, 0, whole, whole.length));
        for (int i = 0; i < piece.length; i++) {
            assertEquals(whole[501 + i], piece[i]);
        }
        whole[800] ^= 1;
        assertEquals(800, Payload.mismatch(7, 0, whole, whole.length));
        Payload.fill(8, 501, piece, piece.length);
        assertEquals(true, Payload.mismatch(7, 501, piece, piece.length) >= 0);
    }
}
