package io.evenkeel.vrrp.netlink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Proxy;
import org.junit.jupiter.api.Test;

class HostCheckTest {
    private final FakeKernel kernel = new FakeKernel();

    @Test
    void aMissingCapabilityIsNamed() {
        String message = refusal(-Errno.EPERM, 0);
        assertTrue(message.contains("CAP_NET_RAW"), message);
        assertFalse(message.contains("CAP_NET_ADMIN"), message);
        message = refusal(3, Errno.EPERM);
        assertTrue(message.contains("CAP_NET_ADMIN"), message);
        assertFalse(message.contains("CAP_NET_RAW"), message);
        message = refusal(-Errno.EPERM, Errno.EPERM);
        assertTrue(message.contains("CAP_NET_RAW"), message);
        assertTrue(message.contains("CAP_NET_ADMIN"), message);
    }

    @Test
    void withTheCapabilitiesNothingIsRefusedAndNothingChanged() throws Exception {
        kernel.put("10.9.0.1", 0, Netlink.FOREVER);
        requireCapabilities(3);
        assertEquals(1, kernel.addresses().size());
    }

    private String refusal(int socketResult, int netlinkErrno) {
        kernel.refuse(netlinkErrno);
        return String.valueOf(
                assertThrows(VrrpStartException.class, () -> requireCapabilities(socketResult))
                        .getMessage());
    }

    private void requireCapabilities(int socketResult) throws VrrpStartException {
        Libc libc =
                (Libc)
                        Proxy.newProxyInstance(
                                Libc.class.getClassLoader(),
                                new Class<?>[] {Libc.class},
                                (proxy, method, arguments) ->
                                        method.getName().equals("socket") ? socketResult : 0);
        HostCheck.requireCapabilities(libc, new NetlinkConnection(kernel));
    }
}
