package io.evenkeel.vrrp.netlink;

import io.evenkeel.vrrp.InterfaceDelays;
import io.evenkeel.vrrp.VirtualAddress;
import io.evenkeel.vrrp.VirtualRouterConfig;
import java.util.List;

/** The LANs of this host. Looks at everything that can be wrong before it changes anything. */
final class LinuxNetwork extends VrrpNetwork {
    @Override
    NetworkSession open(
            Libc libc,
            List<VirtualRouterConfig> routers,
            List<VirtualAddress> staticAddresses,
            List<InterfaceDelays> delays,
            EventDispatcher dispatcher)
            throws VrrpStartException {
        LinuxSession session;
        try {
            session = new LinuxSession(libc, delays, dispatcher);
        } catch (NativeCallException e) {
            throw refusal(e);
        }
        try {
            HostCheck.requireCapabilities(libc, session.inspection());
            session.addStaticAddresses(staticAddresses);
            HostView view = session.inspect(routers);
            boolean alone = !VrrpSpeakers.isAnyHere();
            session.open(routers, view);
            new HostCheck(view).sweep(routers, session.inspection());
            new Leftovers(session.inspection(), routers, alone).remove();
            return session;
        } catch (NativeCallException e) {
            session.close();
            throw refusal(e);
        } catch (VrrpStartException e) {
            session.close();
            throw e;
        }
    }

    private static VrrpStartException refusal(NativeCallException cause) {
        return new VrrpStartException(
                null, "VRRP cannot start on this host: " + cause.getMessage(), cause);
    }
}
