package io.evenkeel.vrrp;

/** Tells that another router takes itself for Active too, once in a while. */
final class ContentionReports {

    private static final long SPACING_NANOS = 10_000_000_000L;

    private final RouterMachine machine;
    private long againNanos;

    ContentionReports(RouterMachine machine) {
        this.machine = machine;
    }

    /** An Active that does not yield has heard that. */
    void heard(Advertisement advertisement, long nowNanos) {
        if (nowNanos < againNanos) {
            return;
        }
        againNanos = nowNanos + SPACING_NANOS;
        IpAddress peer = advertisement.source();
        String name = machine.config().name();
        String sentence =
                name
                        + " is Active with priority "
                        + machine.priority()
                        + " and heard that "
                        + peer
                        + " is too, with priority "
                        + advertisement.priority()
                        + ". If it goes on, that router does not hear this one: look at multicast,"
                        + " the packet filter and the switch between them."
                        + (sendsWithVirtualMac()
                                ? " A keepalived with vmac_xmit_base does not hear a router without"
                                        + " it: set it on both."
                                : "");
        machine.tell(new VrrpEvent.Contention(name, peer, advertisement.priority(), sentence));
    }

    // Its macvlan is in private mode, and the kernel gives such a one, instead of the interface on
    // which keepalived then listens, whatever arrives with its own MAC address as the source.
    private boolean sendsWithVirtualMac() {
        VirtualMac mac = machine.config().host().virtualMac();
        return mac != null && !mac.sendsFromParent();
    }
}
