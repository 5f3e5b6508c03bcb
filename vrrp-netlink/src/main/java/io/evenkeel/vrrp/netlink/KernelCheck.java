package io.evenkeel.vrrp.netlink;

import io.evenkeel.vrrp.VirtualRouterConfig;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What this kernel has that virtual routers use. */
final class KernelCheck {
    static final String KERNEL = "kernel";

    private static final Pattern VERSION = Pattern.compile("(\\d+)\\.(\\d+).*", Pattern.DOTALL);

    private final HostFiles files;

    KernelCheck(HostFiles files) {
        this.files = files;
    }

    void look(Findings findings) {
        String release = files.read("/proc/sys/kernel/osrelease");
        if (release == null) {
            findings.note(KERNEL, "The kernel does not say which version it is.");
        } else if (isBefore(release, 5, 18)) {
            findings.note(
                    KERNEL,
                    "Linux "
                            + release
                            + " keeps no origin of an address (that came with 5.18): what a killed process has left behind is"
                            + " recognized by its short lifetime.");
        } else {
            findings.ok(KERNEL, "Linux " + release + ".");
        }
    }

    /** Groups that a bridge may keep from its ports; those of 224.0.0.0/24 it always forwards. */
    void lookAtSnooping(List<VirtualRouterConfig> routers, Findings findings) {
        for (VirtualRouterConfig router : routers) {
            if (router.destinations().isUnicast()) {
                continue;
            }
            String group = router.destinations().group(router.isIpv4()).toString();
            String bridge = bridgeOf(router.interfaceName());
            if (bridge == null || group.startsWith("224.0.0.")) {
                continue;
            }
            String settings = "/sys/class/net/" + bridge + "/bridge/multicast_";
            if (files.number(settings + "snooping", 0) == 1
                    && files.number(settings + "querier", 0) == 0) {
                findings.note(
                        "bridge " + bridge,
                        router.name()
                                + " speaks to "
                                + group
                                + " through the bridge "
                                + bridge
                                + ", which snoops and does not query: once a querier of the LAN falls silent, members are forgotten"
                                + " and advertisements lost. Set "
                                + settings
                                + "querier to 1 on one bridge of the LAN, or "
                                + settings
                                + "snooping to 0.");
            }
        }
    }

    private @Nullable String bridgeOf(String name) {
        String link = "/sys/class/net/" + name;
        if (!files.list(link + "/bridge").isEmpty()) {
            return name;
        }
        String master = files.link(link + "/brport/bridge");
        return master == null ? null : master.substring(master.lastIndexOf('/') + 1);
    }

    static boolean isBefore(String release, int major, int minor) {
        Matcher matcher = VERSION.matcher(release);
        if (!matcher.matches()) {
            return false;
        }
        int first = Integer.parseInt(matcher.group(1));
        return first < major || first == major && Integer.parseInt(matcher.group(2)) < minor;
    }
}
