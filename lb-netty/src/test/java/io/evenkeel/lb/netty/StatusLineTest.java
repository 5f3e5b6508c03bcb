package io.evenkeel.lb.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatusLineTest {
    private static StatusLine read(String bytes) {
        StatusLine line = new StatusLine();
        for (byte b : bytes.getBytes(StandardCharsets.ISO_8859_1)) {
            if (!line.accept(b)) {
                break;
            }
        }
        return line;
    }

    @ParameterizedTest
    @CsvSource(
            textBlock =
                    """
                    HTTP/1.1 200 OK,         200
                    HTTP/1.0 404 Not Found,  404
                    HTTP/1.1 204,            204
                    HTTP/1.1 200 ,           200
                    HTTP/1.1 099 Low,        -1
                    HTTP/1.1 2000 Long,      -1
                    HTTP/1.1 20,             -1
                    HTTP/1.1  200 OK,        -1
                    HTTP/11 200 OK,          -1
                    http/1.1 200 OK,         -1
                    220 mail ESMTP,          -1
                    """)
    void theCodeIsReadFromALineThatIsOne(String line, int code) {
        assertEquals(code, read(line + "\r\n").code());
        assertEquals(code, read(line + "\n").code());
    }

    @Test
    void aLineThatHasNotEndedHasNoCode() {
        StatusLine line = read("HTTP/1.1 200 OK\r");
        assertFalse(line.isComplete());
        assertEquals(-1, line.code());
    }

    @Test
    void aLineWithoutEndIsGivenUp() {
        StatusLine line = read("x".repeat(5000));
        assertTrue(line.isTooLong());
        assertFalse(line.isComplete());
        assertEquals("x".repeat(40) + "...", line.excerpt());
    }

    @Test
    void whatCannotBePrintedIsNotPrinted() {
        assertEquals("???a", read("\u0016\u0003\u0001a\n").excerpt());
    }
}
