package io.evenkeel.vrrp.keepalived;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What is accepted, and means something else here or nothing. */
class WarningsTest {

    @Test
    void everyDifferenceIsNamedAtItsLine() {
        String text =
                """
                global_defs {
                    notification_email {
                        root@example.com
                    }
                    set_supplementary_groups
                }
                vrrp_script unused {
                    script /bin/true
                }
                vrrp_instance A {
                    state MASTER
                    interface eth0
                    virtual_router_id 51 52
                    version 2
                    version 3
                    nopreempt
                    preempt_delay 5
                    no_accept
                    smtp_alert
                    authentication {
                        auth_type PASS
                        auth_pass 123456789
                    }
                    virtual_ipaddress {
                        192.0.2.10 scope link
                        192.0.2.11 no_track preferred_lft 0
                    }
                }
                """;

        List<String> warnings =
                KeepalivedConfigReader.read("a.conf", text).warnings().stream()
                        .map(ConfigProblem::toString)
                        .toList();

        assertEquals(
                List.of(
                        "a.conf:2: 'notification_email' has no effect: no e-mail is sent",
                        "a.conf:5: 'set_supplementary_groups' has no effect: a script always has the groups of its user",
                        "a.conf:7: vrrp_script 'unused' is tracked by no vrrp_instance and never runs",
                        "a.conf:11: 'state MASTER' without a 'priority' means priority 255, as with keepalived; write"
                                + " the priority",
                        "a.conf:13: '52' after 'virtual_router_id' has no meaning and is ignored",
                        "a.conf:15: 'version' is given on line 14 already; the last one counts, as with keepalived",
                        "a.conf:16: 'nopreempt' has no effect together with priority 255, as with keepalived",
                        "a.conf:17: 'preempt_delay' has no effect together with 'nopreempt', as with keepalived",
                        "a.conf:19: 'smtp_alert' has no effect: no e-mail is sent",
                        "a.conf:20: 'authentication' has no effect: version 3 carries no password",
                        "a.conf:22: the password has more than 8 characters; the first 8 count, as with keepalived",
                        "a.conf:26: 'no_track' has no effect: a deleted address is always noticed"),
                warnings);
    }

    @Test
    void anAddressOfTwoInstancesIsNamed() {
        String text =
                """
                vrrp_instance A {
                    interface eth0
                    virtual_router_id 51
                    virtual_ipaddress {
                        192.0.2.10
                    }
                }
                vrrp_instance B {
                    interface eth0
                    virtual_router_id 52
                    virtual_ipaddress {
                        192.0.2.10
                    }
                }
                """;

        assertEquals(
                List.of(
                        "a.conf:12: the address 192.0.2.10 is also that of vrrp_instance 'A'; one that releases it"
                                + " takes it from the other"),
                KeepalivedConfigReader.read("a.conf", text).warnings().stream()
                        .map(ConfigProblem::toString)
                        .toList());
    }

    @Test
    void aFileWithoutInstancesKeepsNothingAlive() {
        assertEquals(
                List.of(
                        "empty.conf:1: there is no vrrp_instance, so that no address is kept alive"),
                KeepalivedConfigReader.read("empty.conf", "").warnings().stream()
                        .map(ConfigProblem::toString)
                        .toList());
    }
}
