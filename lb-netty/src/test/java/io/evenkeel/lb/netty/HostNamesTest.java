package io.evenkeel.lb.netty;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Which addresses of a name count. */
class HostNamesTest {
    @Test
    void withoutAFamilyAllOfThemDo() throws Exception {
        assertArrayEquals(InetAddress.getAllByName("localhost"), HostNames.all("localhost"));
        assertEquals(InetAddress.getByName("::1"), HostNames.first("::1"));
    }

    @Test
    void withAFamilyThoseOfItDo() throws Exception {
        assertEquals(InetAddress.getByName("127.0.0.1"), HostNames.first("ipv4@localhost"));
        assertEquals(InetAddress.getByName("::1"), HostNames.first("ipv6@::1"));
    }

    @Test
    void whereThereIsNoneOfTheFamilyThatIsSaid() {
        String none =
                assertThrows(UnknownHostException.class, () -> HostNames.all("ipv4@::1"))
                        .getMessage();
        assertEquals("::1 has no address of IPv4", none);
        String other =
                assertThrows(UnknownHostException.class, () -> HostNames.all("ipv6@127.0.0.1"))
                        .getMessage();
        assertTrue(Objects.requireNonNull(other).endsWith("no address of IPv6"), other);
    }
}
