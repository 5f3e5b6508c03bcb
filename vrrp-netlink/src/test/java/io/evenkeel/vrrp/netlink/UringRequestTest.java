package io.evenkeel.vrrp.netlink;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

/** The bytes of the requests to io_uring, as {@code struct io_uring_sqe} has them on a little-endian machine. */
class UringRequestTest {
    private final ByteBuffer bytes = Hex.buffer(2 * UringRequest.SIZE);

    @Test
    void aWaitForATime() {
        UringRequest.putTimeout(
                bytes,
                64,
                0x1122334455667788L,
                UringRequest.LINK | UringRequest.SKIP_SUCCESS,
                0x0000000700000000L);
        assertRequest(
                "0b 44 0000 ffffffff 0000000000000000 8877665544332211 01000000 21000000"
                        + "0000000007000000 0000000000000000 0000000000000000 0000000000000000");
    }

    @Test
    void aSend() {
        UringRequest.putSend(
                bytes, 64, 9, 0x1000, 0x44, UringRequest.HARD_LINK, 0x0000000740000003L);
        assertRequest(
                "09 08 0000 09000000 0000000000000000 0010000000000000 01000000 44000000"
                        + "0300004007000000 0000000000000000 0000000000000000 0000000000000000");
    }

    @Test
    void aCancellationOfAllThatHaveTheSameUserData() {
        UringRequest.putCancel(bytes, 64, 0x0000000700000000L, -1);
        assertRequest(
                "0e 00 0000 ffffffff 0000000000000000 0000000007000000 00000000 01000000"
                        + "ffffffffffffffff 0000000000000000 0000000000000000 0000000000000000");
    }

    @Test
    void whatWasThereBeforeIsOverwritten() {
        for (int i = 0; i < bytes.capacity(); i++) {
            bytes.put(i, (byte) 0x55);
        }
        aSend();
        assertEquals(0x55, bytes.get(63));
    }

    private void assertRequest(String expected) {
        assertEquals(
                expected.replace(" ", ""),
                Hex.of(bytes.slice(64, UringRequest.SIZE), UringRequest.SIZE).replace(" ", ""));
    }
}
