package io.evenkeel.vrrp.keepalived;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.evenkeel.vrrp.Authentication;
import io.evenkeel.vrrp.IpAddress;
import io.evenkeel.vrrp.Tracker;
import io.evenkeel.vrrp.VirtualAddress;
import io.evenkeel.vrrp.VirtualRouterConfig;
import io.evenkeel.vrrp.VrrpScript;
import io.evenkeel.vrrp.VrrpVersion;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whole files as they are found in the field. */
class KeepalivedFilesTest {

    @ParameterizedTest
    @CsvSource({"1, 100", "2, 90", "3, 80"})
    void threeNodesDifferInTheirPriorityAlone(int node, int priority) {
        String name = "three-nodes-" + node + ".conf";

        KeepalivedConfig config =
                KeepalivedConfigReader.read(name, Resources.text("files/" + name));

        VirtualRouterConfig expected =
                VirtualRouterConfig.builder("VI_1")
                        .interfaceName("bond0")
                        .virtualRouterId(51)
                        .version(VrrpVersion.V2)
                        .priority(priority)
                        .advertisementInterval(Duration.ofSeconds(1))
                        .addresses(List.of(VirtualAddress.of(IpAddress.parse("192.168.1.100"))))
                        .build();
        assertEquals(List.of(expected), config.routers());
        assertEquals(List.of(), config.scripts());
        assertEquals(List.of(), config.warnings());
        assertEquals(
                name + ":3: there is no such interface",
                config.interfaceProblem("VI_1", "there is no such interface").toString());
    }

    @Test
    void kubernetesTracksAScriptAndAuthenticates() {
        KeepalivedConfig config =
                KeepalivedConfigReader.read(
                        "kubernetes.conf", Resources.text("files/kubernetes.conf"));

        VirtualRouterConfig expected =
                VirtualRouterConfig.builder("VI_1")
                        .interfaceName("eth0")
                        .virtualRouterId(51)
                        .version(VrrpVersion.V2)
                        .priority(100)
                        .authentication(Authentication.password("42"))
                        .addresses(List.of(VirtualAddress.of(IpAddress.parse("10.77.0.100"), 24)))
                        .trackers(List.of(new Tracker("apiserver_alive", -2)))
                        .build();
        assertEquals(List.of(expected), config.routers());
        assertEquals(
                List.of(
                        new VrrpScript(
                                "apiserver_alive",
                                List.of("/etc/keepalived/apiserver-alive.sh"),
                                TimeUnit.SECONDS.toNanos(3),
                                TimeUnit.SECONDS.toNanos(2),
                                -2,
                                2,
                                10,
                                false)),
                config.scripts());
        assertEquals(List.of(), config.warnings());
    }

    @Test
    void anInterfaceProblemNamesARouterOfTheFile() {
        KeepalivedConfig config =
                KeepalivedConfigReader.read(
                        "kubernetes.conf", Resources.text("files/kubernetes.conf"));

        assertThrows(
                IllegalArgumentException.class, () -> config.interfaceProblem("VI_2", "absent"));
    }
}
