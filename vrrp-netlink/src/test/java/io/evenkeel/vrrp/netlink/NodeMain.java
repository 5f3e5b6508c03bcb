package io.evenkeel.vrrp.netlink;

import io.evenkeel.vrrp.IpAddress;
import io.evenkeel.vrrp.TrackedInterface;
import io.evenkeel.vrrp.Tracker;
import io.evenkeel.vrrp.VirtualAddress;
import io.evenkeel.vrrp.VirtualRouterConfig;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/** A process with one router, which tests may kill or stop. It says what it is asked for, and closes when nobody asks any more. */
final class NodeMain {
    private NodeMain() {}

    /**
     * @param arguments VRID, priority, interval in milliseconds, virtual address, and perhaps an interface to track
     */
    public static void main(String[] arguments) throws Exception {
        VirtualRouterConfig.Builder config =
                VirtualRouterConfig.builder("VI_1")
                        .virtualRouterId(Integer.parseInt(arguments[0]))
                        .interfaceName("eth0")
                        .priority(Integer.parseInt(arguments[1]))
                        .advertisementInterval(Duration.ofMillis(Long.parseLong(arguments[2])))
                        .addresses(List.of(VirtualAddress.of(IpAddress.parse(arguments[3]))));
        List<TrackedInterface> tracked = List.of();
        if (arguments.length > 4) {
            tracked = List.of(new TrackedInterface(arguments[4]));
            config.trackers(List.of(Tracker.fatal(tracked.get(0).trackerName())));
        }
        try (VrrpService service =
                VrrpService.builder().router(config.build()).trackedInterfaces(tracked).build()) {
            service.start();
            System.out.println("started");
            BufferedReader questions =
                    new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            while (questions.readLine() != null) {
                VrrpSnapshot snapshot = service.snapshot();
                System.out.println(
                        snapshot.routers().get(0).state() + " " + snapshot.monitor().overruns());
            }
        } catch (VrrpStartException e) {
            System.out.println("refused: " + e.getMessage());
        }
    }
}
