package io.evenkeel.vrrp.keepalived;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.evenkeel.vrrp.VirtualMac;
import io.evenkeel.vrrp.VirtualRouterConfig;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code use_vmac}: which interface it means. The names were compared with keepalived 2.2.7. */
class VirtualMacMeaningTest {

    @ParameterizedTest
    @CsvSource({
        "use_vmac, 192.0.2.10, vrrp.51, false",
        "use_vmac, fe80::10, vrrp.51, false",
        "use_vmac vmac0, 192.0.2.10, vmac0, false",
        "use_vmac name vmac0, 192.0.2.10, vmac0, false",
        "use_vmac group 5 netlink_notify_msg, 192.0.2.10, vrrp.51, false",
        "use_vmac netlink_notify_msg name vmac0, 192.0.2.10, vmac0, false",
        "'use_vmac\nvmac_xmit_base', 192.0.2.10, vrrp.51, true",
        "'vmac_xmit_base\nuse_vmac', 192.0.2.10, vrrp.51, true",
        "'use_vmac\nunicast_peer {\n192.0.2.2\n}', 192.0.2.10, vrrp.51, true",
        "'use_vmac vmac0\nuse_vmac', 192.0.2.10, vrrp.51, false",
    })
    void theInterfaceHasItsNameOrThatOfTheVrid(
            String directives, String address, String name, boolean fromParent) {
        assertEquals(
                new VirtualMac(name, fromParent),
                read(instance("A", "eth0", directives, address)).get(0).host().virtualMac());
    }

    @Test
    void withoutUseVmacThereIsNone() {
        assertNull(read(instance("A", "eth0", "", "192.0.2.10")).get(0).host().virtualMac());
        assertNull(
                read(instance("A", "eth0", "vmac_xmit_base", "192.0.2.10"))
                        .get(0)
                        .host()
                        .virtualMac());
    }

    @Test
    void oneVridOnSeveralInterfacesGetsSeveralNames() {
        String file =
                instance("A", "eth0", "use_vmac", "192.0.2.10")
                        + instance("B", "eth1", "use_vmac", "192.0.2.11")
                        + instance("C", "eth2", "use_vmac", "192.0.2.12")
                        + instance("D", "eth3", "use_vmac vrrp1.51", "192.0.2.13")
                        + instance("E", "eth0", "use_vmac", "fe80::10")
                        + instance("F", "eth1", "use_vmac", "fe80::11");
        assertEquals(
                List.of("vrrp.51", "vrrp2.51", "vrrp3.51", "vrrp1.51", "vrrp6.51", "vrrp4.51"),
                names(file));
    }

    @Test
    void thePrefixOfTheNamesIsWhatTheGlobalDefinitionsSay() {
        String global = "global_defs {\nvmac_prefix vm\n}\n";
        assertEquals(
                List.of("vm.51"), names(global + instance("A", "eth0", "use_vmac", "192.0.2.10")));
    }

    private static List<String> names(String file) {
        return read(file).stream().map(r -> r.host().virtualMac().interfaceName()).toList();
    }

    private static List<VirtualRouterConfig> read(String file) {
        return KeepalivedConfigReader.read("a.conf", file).routers();
    }

    private static String instance(
            String name, String interfaceName, String directives, String address) {
        return """
        vrrp_instance %s {
            interface %s
            virtual_router_id 51
            virtual_ipaddress {
                %s
            }
            %s
        }
        """
                .formatted(name, interfaceName, address, directives);
    }
}
