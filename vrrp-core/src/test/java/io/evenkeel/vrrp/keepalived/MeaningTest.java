package io.evenkeel.vrrp.keepalived;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.vrrp.AnnouncementPolicy;
import io.evenkeel.vrrp.Authentication;
import io.evenkeel.vrrp.IpAddress;
import io.evenkeel.vrrp.Preemption;
import io.evenkeel.vrrp.Tracker;
import io.evenkeel.vrrp.VirtualAddress;
import io.evenkeel.vrrp.VirtualRouterConfig;
import io.evenkeel.vrrp.VrrpScript;
import io.evenkeel.vrrp.VrrpVersion;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the directives mean. */
class MeaningTest {

    @Test
    void everyDirectiveHasItsMeaning() {
        KeepalivedConfig config =
                KeepalivedConfigReader.read(
                        "everything.conf", Resources.text("files/everything.conf"));

        IpAddress tenth = IpAddress.parse("192.0.2.10");
        IpAddress broadcast = IpAddress.parse("192.0.2.255");
        VirtualRouterConfig first =
                VirtualRouterConfig.builder("first")
                        .interfaceName("eth0")
                        .virtualRouterId(51)
                        .priority(120)
                        .version(VrrpVersion.V2)
                        .advertisementInterval(Duration.ofSeconds(2))
                        .authentication(Authentication.password("a b#c!d"))
                        .addresses(
                                List.of(
                                        VirtualAddress.of(tenth),
                                        new VirtualAddress(
                                                IpAddress.parse("192.0.2.11"),
                                                24,
                                                "eth1",
                                                "eth1:vip",
                                                broadcast),
                                        new VirtualAddress(
                                                IpAddress.parse("192.0.2.12"),
                                                24,
                                                null,
                                                null,
                                                broadcast),
                                        new VirtualAddress(
                                                IpAddress.parse("192.0.2.13"),
                                                24,
                                                null,
                                                null,
                                                IpAddress.parse("192.0.2.0"))))
                        .excludedAddresses(
                                List.of(VirtualAddress.of(IpAddress.parse("192.0.2.14"))))
                        .trackers(List.of(new Tracker("check", 20), new Tracker("fatal", -30)))
                        .preemption(Preemption.NEVER)
                        .startDelay(Duration.ofMillis(5500))
                        .announcements(
                                new AnnouncementPolicy(1, 0, 0, 1, 0, TimeUnit.SECONDS.toNanos(1)))
                        .build();
        VirtualRouterConfig second =
                VirtualRouterConfig.builder("second")
                        .interfaceName("eth0")
                        .virtualRouterId(52)
                        .version(VrrpVersion.V3)
                        .advertisementInterval(Duration.ofMillis(250))
                        .addresses(List.of(VirtualAddress.of(IpAddress.parse("192.0.2.20"))))
                        .trackers(List.of(new Tracker("fatal", 0)))
                        .preemption(Preemption.after(Duration.ofMillis(1500)))
                        .startDelay(Duration.ofMillis(5500))
                        .announcements(
                                new AnnouncementPolicy(
                                        3,
                                        TimeUnit.SECONDS.toNanos(10),
                                        TimeUnit.SECONDS.toNanos(60),
                                        2,
                                        4,
                                        TimeUnit.SECONDS.toNanos(7)))
                        .build();
        assertEquals(List.of(first, second), config.routers());
        assertEquals(
                List.of(
                        new VrrpScript(
                                "check",
                                List.of(
                                        "/usr/local/bin/check",
                                        "--name",
                                        "virtual address",
                                        "--fast"),
                                TimeUnit.SECONDS.toNanos(2),
                                TimeUnit.SECONDS.toNanos(1),
                                20,
                                3,
                                4,
                                true),
                        new VrrpScript(
                                "fatal",
                                List.of("/usr/local/bin/fatal", "two words"),
                                TimeUnit.SECONDS.toNanos(1),
                                TimeUnit.SECONDS.toNanos(1),
                                0,
                                1,
                                1,
                                false)),
                config.scripts());
        assertEquals(List.of(), config.warnings());
    }

    @Test
    void defaultsAreThoseOfKeepalived() {
        assertEquals(
                VirtualRouterConfig.builder("A")
                        .interfaceName("eth0")
                        .virtualRouterId(51)
                        .version(VrrpVersion.V2)
                        .priority(100)
                        .advertisementInterval(Duration.ofSeconds(1))
                        .preemption(Preemption.IMMEDIATE)
                        .announcements(AnnouncementPolicy.DEFAULT)
                        .addresses(List.of(VirtualAddress.of(IpAddress.parse("192.0.2.10"), 32)))
                        .build(),
                instance(""));
    }

    /** What keepalived 2.2.7 sends for each. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "a'b        | a'b",
                "a\\b        | a\\b",
                "a\\\\b       | a\\\\b",
                "a\\'b       | a\\'b",
                "'ab'       | 'ab'",
                "'a b'      | 'a",
                "\"ab\"     | ab",
                "\"a b\"    | a b",
                "\"a'b\"    | a'b",
                "\"a\\\\b\"   | a\\\\b",
                "\"a#b\"    | a#b",
                "a'b#c      | a'b",
                "'a#b'      | 'a",
                "a!b        | a",
            })
    void aPasswordIsReadAsKeepalivedReadsIt(String written, String password) {
        assertEquals(
                Authentication.password(password),
                instance("authentication {\nauth_type PASS\nauth_pass " + written + "\n}")
                        .authentication());
    }

    @ParameterizedTest
    @CsvSource({
        "state MASTER, 255",
        "state BACKUP, 100",
        "'state MASTER\npriority 100', 100",
        "'state BACKUP\npriority 255', 255",
        "priority 1, 1",
        "priority 254, 254",
        "priority 007, 7"
    })
    void priority(String directives, int priority) {
        assertEquals(priority, instance(directives).priority());
    }

    @ParameterizedTest
    @CsvSource({
        "2, 1, 1000",
        "2, 255, 255000",
        "2, 3.00, 3000",
        "3, 0.01, 10",
        "3, .5, 500",
        "3, 1., 1000",
        "3, 40.95, 40950",
        "3, +1, 1000"
    })
    void intervalsThatTheVersionCarries(int version, String interval, long millis) {
        assertEquals(
                TimeUnit.MILLISECONDS.toNanos(millis),
                instance("version " + version + "\nadvert_int " + interval)
                        .advertisementIntervalNanos());
    }

    @ParameterizedTest
    @CsvSource({
        "nopreempt, NEVER",
        "'nopreempt\npreempt', IMMEDIATE",
        "preempt_delay 0, IMMEDIATE",
        "preempt_delay 1000, AFTER PT16M40S",
        "'nopreempt\nstate MASTER\npriority 90', IMMEDIATE",
        "'nopreempt\npriority 255', IMMEDIATE",
        "'preempt_delay 5\nstate MASTER\npriority 90', IMMEDIATE",
        "'preempt_delay 5\npriority 255', IMMEDIATE",
        "'preempt_delay 5\nnopreempt', NEVER"
    })
    void preemption(String directives, String preemption) {
        assertEquals(preemption, instance(directives).preemption().toString());
    }

    @Test
    void announcementsAfterALowerRouterAreThoseOfThePromotionUnlessSet() {
        AnnouncementPolicy policy =
                instance("garp_master_repeat 2\ngarp_master_delay 3").announcements();

        assertEquals(2, policy.lowerPriorityRepeat());
        assertEquals(TimeUnit.SECONDS.toNanos(3), policy.lowerPriorityDelayNanos());
    }

    @Test
    void minimalAnnouncementsAreOneAndNoMore() {
        AnnouncementPolicy policy =
                read("global_defs {\nvrrp_min_garp\n}\n" + text(""))
                        .routers()
                        .get(0)
                        .announcements();

        assertEquals(new AnnouncementPolicy(1, 0, 0, 1, 1, 0), policy);
    }

    @Test
    void aPasswordIsCutAfterTheEighthCharacterAsKeepalivedDoes() {
        assertEquals(
                Authentication.password("12345678"),
                instance("authentication {\nauth_type PASS\nauth_pass 1234567890\n}")
                        .authentication());
    }

    @Test
    void versionThreeCarriesNoPassword() {
        assertEquals(
                Authentication.NONE,
                instance("version 3\nauthentication {\nauth_type PASS\nauth_pass 1234\n}")
                        .authentication());
    }

    @Test
    void globalSettingsMayFollowTheInstance() {
        assertEquals(
                VrrpVersion.V3,
                read(text("") + "global_defs {\nvrrp_version 3\n}\n").routers().get(0).version());
    }

    @Test
    void theVrrpThreadMayBeAskedToRunInRealTimeAndInLockedMemory() {
        KeepalivedConfig tuned =
                read("global_defs {\nvrrp_rt_priority 50\nvrrp_no_swap\n}\n" + text(""));
        assertEquals(50, tuned.realTimePriority());
        assertTrue(tuned.lockedMemory());
        KeepalivedConfig plain = read(text(""));
        assertEquals(0, plain.realTimePriority());
        assertFalse(plain.lockedMemory());
    }

    @Test
    void anInstanceMaySwitchStrictnessOff() {
        assertEquals(
                false,
                read("global_defs {\nvrrp_strict\n}\n" + text("strict_mode off"))
                        .routers()
                        .get(0)
                        .strict());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "vrrp_instance A {\r\ninterface eth0\r\nvirtual_router_id 51\r\nvirtual_ipaddress {\r\n192.0.2.10\r\n}\r\n}\r\n",
                "vrrp_instance A\n{\n interface eth0\n virtual_router_id 51\n virtual_ipaddress\n\n {\n 192.0.2.10\n }\n}",
                "vrrp_instance A{\ninterface eth0\nvirtual_router_id 51\nvirtual_ipaddress{ 192.0.2.10 }}",
                "\uFEFFvrrp_instance A { interface eth0\nvirtual_router_id 51 #x\nvirtual_ipaddress { #}\n192.0.2.10!x\n} }",
                "vrrp_instance 'A' {\ninterface \"eth0\"\nvirtual_router_id \\\n  51\nvirtual_ipaddress {\n\"192.0.2.10\"\n}\n}"
            })
    void layoutDoesNotMatter(String text) {
        assertEquals(List.of(instance("")), read(text).routers());
    }

    @Test
    void aFileThatIsNotUtf8IsReadAndSaysSo() {
        byte[] bytes = ("# gr\u00fc\u00dfe\n" + text("")).getBytes(StandardCharsets.ISO_8859_1);

        KeepalivedConfig config = KeepalivedConfigReader.read("latin.conf", bytes);

        assertEquals(List.of(instance("")), config.routers());
        assertEquals(1, config.warnings().get(0).line());
    }

    private static VirtualRouterConfig instance(String directives) {
        return read(text(directives)).routers().get(0);
    }

    private static KeepalivedConfig read(String text) {
        return KeepalivedConfigReader.read("keepalived.conf", text);
    }

    private static String text(String directives) {
        return """
                vrrp_instance A {
                    interface eth0
                    virtual_router_id 51
                    virtual_ipaddress {
                        192.0.2.10
                    }
                %s
                }
                """
                .formatted(directives);
    }
}
