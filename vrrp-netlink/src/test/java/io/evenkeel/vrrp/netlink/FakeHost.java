package io.evenkeel.vrrp.netlink;

import io.evenkeel.vrrp.IpAddress;
import io.evenkeel.vrrp.VirtualAddress;
import io.evenkeel.vrrp.VirtualRouterConfig;
import io.evenkeel.vrrp.VrrpVersion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A host that is nothing but what a test says of it: its files, interfaces and addresses. */
final class FakeHost implements HostFiles {
    private final TreeMap<String, String> files = new TreeMap<>();
    private final List<Link> links = new ArrayList<>();
    private final List<InterfaceAddress> addresses = new ArrayList<>();

    FakeHost file(String path, String content) {
        files.put(path, content);
        return this;
    }

    /** The index of the first interface is 2. */
    FakeHost link(String name, boolean up, String... withPrefix) {
        int index = links.size() + 2;
        links.add(
                new Link(
                        index,
                        name,
                        up ? Netlink.IFF_UP | Netlink.IFF_RUNNING : Netlink.IFF_UP,
                        0x02_00_00_00_00_00L + index,
                        1500,
                        false));
        for (String text : withPrefix) {
            String[] parts = text.split("/");
            addresses.add(
                    new InterfaceAddress(
                            index,
                            IpAddress.parse(parts[0]),
                            Integer.parseInt(parts[1]),
                            0,
                            Netlink.IFA_F_PERMANENT,
                            null,
                            0,
                            Netlink.FOREVER));
        }
        return this;
    }

    HostView view() {
        return new HostView(links, addresses);
    }

    /** A router of VRID 51 and priority 100 on eth0, of version 3. */
    static VirtualRouterConfig router(Duration interval, String... virtual) {
        return builder(interval, virtual).build();
    }

    static VirtualRouterConfig.Builder builder(Duration interval, String... virtual) {
        return VirtualRouterConfig.builder("VI_1")
                .virtualRouterId(51)
                .interfaceName("eth0")
                .version(VrrpVersion.V3)
                .priority(100)
                .advertisementInterval(interval)
                .addresses(Arrays.stream(virtual).map(FakeHost::virtual).toList());
    }

    private static VirtualAddress virtual(String text) {
        String[] parts = text.split("/");
        IpAddress address = IpAddress.parse(parts[0]);
        return parts.length == 1
                ? VirtualAddress.of(address)
                : VirtualAddress.of(address, Integer.parseInt(parts[1]));
    }

    /** One line for each: severity, subject and sentence. */
    static List<String> lines(Findings findings) {
        return findings.report().findings().stream()
                .map(f -> f.severity() + " " + f.subject() + ": " + f.sentence())
                .toList();
    }

    @Override
    public @Nullable String read(String path) {
        return files.get(path);
    }

    @Override
    public @Nullable String link(String path) {
        return files.get(path);
    }

    @Override
    public List<String> list(String path) {
        return files.keySet().stream()
                .filter(file -> file.startsWith(path + "/"))
                .flatMap(file -> Stream.of(file.substring(path.length() + 1).split("/")[0]))
                .distinct()
                .toList();
    }
}
