package io.evenkeel.vrrp.netlink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the monitor makes of what it reads, and of what it cannot read. */
class LinkMonitorTest {
    /** A renewal of ours, which concerns nobody. */
    private static final String[] RENEWAL = {
        "20000000 14000000 00000000 00000000", "02200000 05000000", "05000b00 70000000"
    };

    private final ScriptedLibc kernel = new ScriptedLibc();
    private final LinkMonitor monitor = new LinkMonitor(kernel.libc());

    @AfterEach
    void close() {
        monitor.close();
    }

    @Test
    void nothingToReadIsNoChange() {
        assertFalse(monitor.drain());
        assertEquals(0, monitor.overruns());
    }

    @Test
    void lostNotificationsAreAChangeAndCounted() {
        // Case 106.
        kernel.then(RENEWAL).thenFail(Errno.ENOBUFS).then(RENEWAL).thenFail(Errno.ENOBUFS);
        assertTrue(monitor.drain());
        assertEquals(2, monitor.overruns());
        assertFalse(monitor.drain());
    }

    @Test
    void anInterruptedReadIsTriedAgain() {
        kernel.thenFail(Errno.EINTR).then(link("11", "00", 5));
        assertTrue(monitor.drain());
        assertEquals(0, monitor.overruns());
    }

    @Test
    void aDeletedInterfaceIsRememberedByItsIndex() {
        kernel.then(link("11", "00", 5));
        monitor.drain();
        assertTrue(monitor.mayHaveDeleted(5));
        assertFalse(monitor.mayHaveDeleted(6));
        monitor.forgetDeletions();
        assertFalse(monitor.mayHaveDeleted(5));
    }

    @Test
    void aPortThatLeavesItsBridgeIsNotDeleted() {
        kernel.then(link("11", "07", 5));
        assertTrue(monitor.drain());
        assertFalse(monitor.mayHaveDeleted(5));
    }

    @Test
    void whatWasLostMayHaveBeenADeletion() {
        kernel.thenFail(Errno.ENOBUFS);
        monitor.drain();
        assertTrue(monitor.mayHaveDeleted(5));
        monitor.forgetDeletions();
        assertFalse(monitor.mayHaveDeleted(5));
    }

    @Test
    void whoeverWritesWithoutAnEndDoesNotKeepTheThread() {
        for (int i = 0; i < 1000; i++) {
            kernel.then(RENEWAL);
        }
        monitor.drain();
        assertTrue(kernel.reads() < 1000, kernel.reads() + " reads");
    }

    private static String[] link(String type, String family, int index) {
        return new String[] {
            "20000000 " + type + "000000 00000000 00000000",
            family + "000100 0" + index + "000000 00000000 00000000"
        };
    }
}
