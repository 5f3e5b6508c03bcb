package io.evenkeel.vrrp.netlink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.vrrp.IpAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A table in the kernel, as {@code nft} shows it. */
@RootTest(programs = AcceptModeIT.NFT)
class FilterTableIT {
    private static final Map<FilterEntry, String> ONE = entries(1);

    private Namespace host;

    @BeforeEach
    void open() throws Exception {
        host = new Namespace();
    }

    @AfterEach
    void close() {
        host.close();
    }

    @Test
    void aTableEndsWithItsSocket() throws Exception {
        NetlinkTransport socket = socket();
        FilterTable table = new FilterTable(socket);
        assertEquals(0, table.make("evenkeel", ONE));
        assertTrue(table.isOwned());
        assertTrue(ruleset().contains("fd09::1:1 comment \"VI_0\""), ruleset());
        socket.close();
        assertEquals("", ruleset());
    }

    @Test
    void aTableIsNotTakenFromWhoHasIt() throws Exception {
        NetlinkTransport socket = socket();
        try (NetlinkTransport other = socket()) {
            assertEquals(0, new FilterTable(socket).make("evenkeel", ONE));
            FilterTable table = new FilterTable(other);
            assertEquals(-Errno.EPERM, table.make("evenkeel", ONE));
            assertEquals(1, comments());
            socket.close();
            assertEquals(0, table.make("evenkeel", ONE));
        }
    }

    @Test
    void moreAddressesThanFitIntoABatchAreAllThere() throws Exception {
        Map<FilterEntry, String> many = entries(3_000);
        try (NetlinkTransport socket = socket()) {
            FilterTable table = new FilterTable(socket);
            assertEquals(0, table.make("evenkeel", many));
            assertEquals(3_000, comments());
            assertEquals(0, table.replace(entries(2_000)));
            assertEquals(2_000, comments());
            assertEquals(0, table.replace(Map.of()));
            assertEquals("", ruleset());
            assertEquals(0, table.replace(ONE));
            assertEquals(1, comments());
        }
    }

    @Test
    void theLongestNamesAreTakenAsFarAsTheyFit() throws Exception {
        String router = "é".repeat(200);
        FilterEntry linkLocal = new FilterEntry(IpAddress.parse("fe80::1"), "a-name-of-15-ch");
        try (NetlinkTransport socket = socket()) {
            assertEquals(0, new FilterTable(socket).make("evenkeel", Map.of(linkLocal, router)));
            assertTrue(
                    ruleset()
                            .contains(
                                    "fe80::1 . \"a-name-of-15-ch\" comment \""
                                            + "é".repeat(50)
                                            + "\""),
                    ruleset());
        }
    }

    @Test
    void aTrialMakesNothing() throws Exception {
        try (NetlinkTransport socket = socket()) {
            FilterTable table = new FilterTable(socket);
            assertEquals(0, table.tryOut());
            assertTrue(table.isOwned());
            assertEquals("", ruleset());
            assertEquals(0, table.make("evenkeel", ONE));
        }
    }

    @Test
    void anOlderKernelKeepsTheTableUntilTheNextOneReplacesIt() throws Exception {
        try (NetlinkTransport killed = new UnownedFilters(socket())) {
            FilterTable table = new FilterTable(killed);
            assertEquals(0, table.make("evenkeel", entries(2)));
            assertFalse(table.isOwned());
        }
        assertEquals(2, comments());
        try (NetlinkTransport next = new UnownedFilters(socket())) {
            FilterTable table = new FilterTable(next);
            assertEquals(0, table.tryOut());
            assertFalse(table.isOwned());
            assertEquals(0, table.make("evenkeel", ONE));
            assertEquals(1, comments());
            host.run(AcceptModeIT.NFT + " flush ruleset");
            assertEquals(0, table.replace(ONE));
            assertEquals(1, comments());
            assertEquals(0, table.replace(Map.of()));
            assertEquals("", ruleset());
        }
    }

    private NetlinkTransport socket() throws Exception {
        return host.call(
                () -> LibcNetlink.netfilter(new JnaLibc(), FilterTable.MOST_BYTES_OF_A_BATCH));
    }

    private String ruleset() throws Exception {
        return host.run(AcceptModeIT.NFT + " list ruleset");
    }

    /** How many addresses there are, each of which says whose it is. */
    private long comments() throws Exception {
        return Pattern.compile("comment \"VI_").matcher(ruleset()).results().count();
    }

    private static Map<FilterEntry, String> entries(int count) {
        Map<FilterEntry, String> entries = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            String low = Integer.toHexString(i + 1);
            entries.put(new FilterEntry(IpAddress.parse("fd09::1:" + low), ""), "VI_" + i);
        }
        return entries;
    }
}
