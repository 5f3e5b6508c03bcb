package io.evenkeel.vrrp.netlink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.vrrp.VirtualAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a kernel may answer besides what was asked for. */
class NetlinkConnectionTest {
    private static final VirtualAddress VIP = FakeKernel.virtual("10.9.0.100");

    private final FakeKernel kernel = new FakeKernel();
    private final NetlinkConnection netlink = new NetlinkConnection(kernel);

    @Test
    void aDumpThatWasInterruptedByAChangeIsAskedForAgain() {
        kernel.put("10.9.0.1", 0, Netlink.FOREVER);
        kernel.put("10.9.0.2", 0, Netlink.FOREVER);
        kernel.interruptDumps(4);
        assertEquals(2, netlink.addresses().size());
    }

    @Test
    void aDumpThatIsInterruptedAgainAndAgainIsNoAnswer() {
        kernel.put("10.9.0.1", 0, Netlink.FOREVER);
        kernel.interruptDumps(5);
        NativeCallException failure = assertThrows(NativeCallException.class, netlink::addresses);
        assertEquals(
                "The list of the host's addresses changed 5 times while it was read. Start again when the network has settled.",
                failure.getMessage());
        assertEquals(1, netlink.addresses().size());
    }

    @Test
    void aDumpMayComeInManyDatagrams() {
        List.of("10.9.0.1", "10.9.0.2", "10.9.0.3")
                .forEach(address -> kernel.put(address, 0, Netlink.FOREVER));
        kernel.sendSingly();
        assertEquals(3, netlink.addresses().size());
    }

    @Test
    void aDumpThatEndsInAnErrorIsNoAnswer() {
        kernel.put("10.9.0.1", 0, Netlink.FOREVER);
        kernel.failDumps(Errno.ENOMEM);
        NativeCallException failure = assertThrows(NativeCallException.class, netlink::addresses);
        assertEquals(Errno.ENOMEM, failure.errno());
        assertTrue(
                String.valueOf(failure.getMessage())
                        .startsWith("Asking the kernel for its addresses failed with ENOMEM"),
                failure.getMessage());
    }

    @Test
    void aDumpWhoseEndIsMissingIsNoAnswerAndTheNextOneIsNotMixedWithIt() {
        kernel.put("10.9.0.1", 0, Netlink.FOREVER);
        kernel.sendSingly();
        kernel.loseEndOfDump();
        assertThrows(NativeCallException.class, netlink::addresses);
        assertEquals(1, netlink.addresses().size());
    }

    @Test
    void theKernelsSentenceIsKeptUntilTheNextRequest() {
        kernel.refuse(Errno.EINVAL, "ipv4: Invalid scope value");
        assertEquals(-Errno.EINVAL, netlink.addAddress(5, VIP, 3, Netlink.NLM_F_EXCL));
        assertEquals("ipv4: Invalid scope value", netlink.explanation());
        kernel.refuse(0);
        assertEquals(0, netlink.addAddress(5, VIP, 3, Netlink.NLM_F_EXCL));
        assertEquals("", netlink.explanation());
    }

    @Test
    void aRefusalWithoutASentenceHasNone() {
        kernel.refuse(Errno.EPERM);
        assertEquals(-Errno.EPERM, netlink.removeAddress(5, VIP));
        assertEquals("", netlink.explanation());
        assertEquals(
                "It failed with EINVAL (invalid argument); the kernel says: no. See errno(3) and the log of the kernel (dmesg).",
                Errno.failure(Errno.EINVAL, "It", "no.").getMessage());
    }
}
