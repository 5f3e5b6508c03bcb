package io.evenkeel.vrrp.keepalived;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.vrrp.InterfaceDelays;
import io.evenkeel.vrrp.NotifyScript;
import io.evenkeel.vrrp.NotifyScript.Event;
import io.evenkeel.vrrp.NotifyScript.Subject;
import io.evenkeel.vrrp.SyncGroupConfig;
import io.evenkeel.vrrp.TrackedFile;
import io.evenkeel.vrrp.TrackedInterface;
import io.evenkeel.vrrp.TrackedProcess;
import io.evenkeel.vrrp.TrackedProcess.Match;
import io.evenkeel.vrrp.Tracker;
import io.evenkeel.vrrp.VirtualAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What moves priorities, what changes state together, and what is run when it does. */
class TrackingTest {
    private static final String SOURCES =
            """
            vrrp_script check {
                script /bin/check
                weight 3 reverse
            }
            vrrp_track_file load {
                file "/run/load"
                weight -2
                init_file 5 overwrite
            }
            track_file flag {
                file /run/flag
                weight 0
            }
            vrrp_track_process proxy {
                process haproxy
            }
            """;

    @ParameterizedTest
    @CsvSource({
        "track_script, check, check, 3, true",
        "track_script, check weight 5, check, 5, true",
        "track_script, check weight 5 noreverse, check, 5, false",
        "track_script, check weight 0 reverse, check, 0, true",
        "track_file, load, file load, -2, false",
        "track_file, load weight 254 reverse, file load, 254, true",
        "track_file, flag, file flag, 0, false",
        "track_process, proxy, process proxy, 0, false",
        "track_process, proxy weight -254, process proxy, -254, false",
        "track_interface, eth1, interface eth1, 0, false",
        "track_interface, eth1 weight 253 reverse, interface eth1, 253, true"
    })
    void trackers(String block, String line, String name, int weight, boolean inverted) {
        KeepalivedConfig config = read(SOURCES + instance("A", 1, block + " {\n" + line + "\n}"));

        assertEquals(
                List.of(new Tracker(name, weight, inverted, 0)),
                config.routers().get(0).trackers());
    }

    @Test
    void sourcesOfOneNameDoNotMeet() {
        KeepalivedConfig config =
                read(
                        SOURCES.replaceAll("load|check|proxy", "eth1")
                                + instance(
                                        "A",
                                        1,
                                        "track_script {\neth1\n}\ntrack_file {\neth1\n}\n"
                                                + "track_process {\neth1\n}\ntrack_interface {\neth1\n}"));

        assertEquals(
                List.of("eth1", "file eth1", "process eth1", "interface eth1"),
                config.routers().get(0).trackers().stream().map(Tracker::name).toList());
        assertEquals(
                List.of("file eth1", "process eth1", "interface eth1"),
                List.of(
                        config.trackedFiles().get(0).trackerName(),
                        config.trackedProcesses().get(0).trackerName(),
                        config.trackedInterfaces().get(0).trackerName()));
    }

    @Test
    void onlyWhatIsTrackedIsLookedAt() {
        KeepalivedConfig config =
                read(
                        SOURCES
                                + instance(
                                        "A",
                                        1,
                                        "track_file {\nload\n}\ntrack_interface {\neth1\neth2\n}")
                                + instance("B", 2, "track_interface {\neth2 weight 5\n}"));

        assertEquals(
                List.of(new TrackedFile("load", "/run/load", -2, false, 5, true)),
                config.trackedFiles());
        assertEquals(List.of(), config.trackedProcesses());
        assertEquals(List.of(), config.scripts());
        assertEquals(
                List.of(new TrackedInterface("eth1"), new TrackedInterface("eth2")),
                config.trackedInterfaces());
    }

    @ParameterizedTest
    @CsvSource({
        "process nginx, NAME, 1, 2147483647, 0, 0",
        "'process nginx\nfull_command', COMMAND_LINE, 1, 2147483647, 0, 0",
        "'process nginx\nparam_match initial', COMMAND_LINE, 1, 2147483647, 0, 0",
        "process nginx -g 'daemon off', COMMAND_LINE, 1, 2147483647, 0, 0",
        "'process nginx -g\nparam_match partial', FIRST_ARGUMENTS, 1, 2147483647, 0, 0",
        "'process nginx -g\nparam_match initial', LAST_ARGUMENT_PREFIX, 1, 2147483647, 0, 0",
        "'process nginx\nquorum 2\nquorum_max 3', NAME, 2, 3, 0, 0",
        "'process nginx\nquorum_max 0', NAME, 0, 0, 0, 0",
        "'process nginx\ndelay 1.5', NAME, 1, 2147483647, 1500, 1500",
        "'process nginx\nfork_delay 1\nterminate_delay .25', NAME, 1, 2147483647, 1000, 250"
    })
    void processes(
            String block, Match match, int quorum, int most, long upMillis, long downMillis) {
        TrackedProcess process =
                read("vrrp_track_process web {\n"
                                + block
                                + "\n}\n"
                                + instance("A", 1, "track_process {\nweb\n}"))
                        .trackedProcesses()
                        .get(0);

        assertEquals(match, process.match());
        assertEquals(quorum, process.quorum());
        assertEquals(most, process.quorumMax());
        assertEquals(TimeUnit.MILLISECONDS.toNanos(upMillis), process.upDelayNanos());
        assertEquals(TimeUnit.MILLISECONDS.toNanos(downMillis), process.downDelayNanos());
    }

    @Test
    void argumentsOfAProcessAreWords() {
        assertEquals(
                List.of("/usr/sbin/a b", "param1", "param 2"),
                read("vrrp_track_process web {\nprocess \"/usr/sbin/a b\" param1 \"param 2\"\n}\n"
                                + instance("A", 1, "track_process {\nweb\n}"))
                        .trackedProcesses()
                        .get(0)
                        .command());
    }

    @Test
    void aGroupBindsItsMembersAndTracksForThem() {
        KeepalivedConfig config =
                read(
                        SOURCES
                                + "vrrp_sync_group G {\ngroup {\nB\nA\n}\ntrack_script {\ncheck weight -7\n}\n"
                                + "track_interface {\neth1\n}\n}\n"
                                + instance(
                                        "A",
                                        1,
                                        "track_script {\ncheck weight 0\n}\ntrack_file {\nload\n}")
                                + instance("B", 2, "")
                                + instance("C", 3, "track_file {\nload\n}"));

        assertEquals(List.of(new SyncGroupConfig("G", List.of("B", "A"))), config.syncGroups());
        Tracker link = Tracker.fatal("interface eth1");
        assertEquals(
                List.of(
                        List.of(new Tracker("check", 0, true, 0), link),
                        List.of(new Tracker("check", -7, true, 0), link),
                        List.of(new Tracker("file load", -2))),
                config.routers().stream().map(r -> r.trackers()).toList());
    }

    @Test
    void membersKeepTheirWeightsOnDemand() {
        KeepalivedConfig config =
                read(
                        SOURCES
                                + "vrrp_sync_group G {\ngroup {\nA\nB\n}\nsync_group_tracking_weight\n}\n"
                                + instance("A", 1, "track_file {\nload\n}")
                                + instance("B", 2, ""));

        assertEquals(List.of(new Tracker("file load", -2)), config.routers().get(0).trackers());
    }

    @Test
    void commandsBelongToAnInstanceOrAGroupAndAnEvent() {
        KeepalivedConfig config =
                read(
                        "vrrp_sync_group G {\ngroup {\nA\nB\n}\nnotify /bin/group\n}\n"
                                + instance(
                                        "A",
                                        1,
                                        "notify_master \"/bin/m 'a b' c\" root wheel\nnotify_backup /bin/b\n"
                                                + "notify_fault /bin/f\nnotify_stop /bin/s\nnotify_deleted /bin/d\n"
                                                + "notify_master_rx_lower_pri /bin/l\nnotify /bin/n")
                                + instance("B", 2, "notify_deleted"));

        assertEquals(
                List.of(
                        script(Event.MASTER, List.of("/bin/m", "a b", "c"), "root", "wheel"),
                        script(Event.BACKUP, List.of("/bin/b"), null, null),
                        script(Event.FAULT, List.of("/bin/f"), null, null),
                        script(Event.STOP, List.of("/bin/s"), null, null),
                        script(Event.DELETED, List.of("/bin/d"), null, null),
                        script(Event.MASTER_RX_LOWER_PRI, List.of("/bin/l"), null, null),
                        script(Event.ANY, List.of("/bin/n"), null, null),
                        new NotifyScript(
                                Subject.GROUP, "G", Event.ANY, List.of("/bin/group"), null, null)),
                config.notifyScripts());
    }

    @Test
    void scriptsRunAsTheUserThatTheyNameOrAsTheUsualOne() {
        KeepalivedConfig config =
                read(
                        "vrrp_script own {\nscript /bin/true\nuser nobody daemon\n}\n"
                                + "vrrp_script usual {\nscript /bin/true\n}\n"
                                + instance(
                                        "A",
                                        1,
                                        "notify_master /bin/m nobody\nnotify_backup /bin/b\n"
                                                + "track_script {\nown\nusual\n}")
                                + "global_defs {\nscript_user checker checkers\nenable_script_security\n}\n");

        assertEquals(
                List.of("nobody daemon", "checker checkers"),
                config.scripts().stream().map(s -> s.user() + " " + s.group()).toList());
        assertEquals(
                List.of(
                        script(Event.MASTER, List.of("/bin/m"), "nobody", null),
                        script(Event.BACKUP, List.of("/bin/b"), "checker", "checkers")),
                config.notifyScripts());
        assertTrue(config.scriptSecurity());
    }

    @Test
    void changesOfLinksMayHaveToLast() {
        KeepalivedConfig config =
                read("interface_up_down_delays {\neth0 0.5\neth1 0 2\n}\n" + instance("A", 1, ""));

        assertEquals(
                List.of(
                        new InterfaceDelays("eth0", 500_000_000L, 500_000_000L),
                        new InterfaceDelays("eth1", 0, 2_000_000_000L)),
                config.interfaceDelays());
        assertFalse(config.scriptSecurity());
    }

    private static NotifyScript script(
            Event event, List<String> command, @Nullable String user, @Nullable String group) {
        return new NotifyScript(Subject.INSTANCE, "A", event, command, user, group);
    }

    @Test
    void staticAddressesNameTheirInterface() {
        assertEquals(
                List.of("192.0.2.1/24 dev eth0", "2001:db8::1/128 dev eth1"),
                addresses(
                        "static_ipaddress {\n192.0.2.1/24 scope global\n2001:db8::1 dev eth1\n}\n"));
        assertEquals(
                List.of("192.0.2.1/32 dev lan0"),
                addresses(
                        "static_ipaddress {\n192.0.2.1\n}\nglobal_defs {\ndefault_interface lan0\n}\n"));
    }

    private static List<String> addresses(String text) {
        return read(text).staticAddresses().stream().map(VirtualAddress::toString).toList();
    }

    private static KeepalivedConfig read(String text) {
        return KeepalivedConfigReader.read("keepalived.conf", text);
    }

    private static String instance(String name, int id, String directives) {
        return "vrrp_instance "
                + name
                + " {\ninterface eth0\nvirtual_router_id "
                + id
                + "\nvirtual_ipaddress {\n192.0.2."
                + id
                + "\n}\n"
                + directives
                + "\n}\n";
    }
}
