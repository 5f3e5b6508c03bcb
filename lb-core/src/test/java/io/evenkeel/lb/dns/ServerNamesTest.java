package io.evenkeel.lb.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.lb.IpAddress;
import io.evenkeel.lb.ResolveFailure;
import io.evenkeel.lb.ResolversConfig;
import io.evenkeel.lb.ServerAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ServerNamesTest {
    private static final NameKey WEB = new NameKey("dns", "web.test", true);
    private static final NameKey WEB_IPV6_FIRST = new NameKey("dns", "web.test", false);
    private static final NameKey SERVICE = new NameKey("dns", "_http._tcp.test", true);
    private static final IpAddress SIX = Objects.requireNonNull(IpAddress.parse("2001:db8::1"));

    private static ResolversConfig.Builder dns() {
        return ResolversConfig.builder("dns").nameserver("n", "127.0.0.1", 53);
    }

    private static NameBench bench(ResolversConfig.Builder config, NameKey key, int servers) {
        NameBench bench = new NameBench(1);
        bench.follow(config.build(), NameBench.group(key, servers, false));
        return bench;
    }

    private static int[] numbers(String text) {
        return Arrays.stream(text.trim().split(" "))
                .filter(word -> !word.isEmpty())
                .mapToInt(Integer::parseInt)
                .toArray();
    }

    /** The addresses of each answer, and those of the servers after each. */
    @ParameterizedTest(name = "{0} servers, {2}: {4}")
    @CsvSource({
        "1, false, 7,                   7,                     the only one",
        "1, false, 7/9 7/9,             7/7/9,                 it is kept as long as it is there",
        "2, false, 2 1/1 2/2 1,         1 2/1 2/1 2,           the order does not matter",
        "2, false, 1 2/1 3/3/3 4 5,     1 2/1 3/- 3/4 3,       one that goes leaves its place to one that comes",
        "2, false, 9 8 7 6 5 4 3 2 1,   1 2,                   the lowest of too many",
        "2, false, 3 4/1 2 3 4/1 2 4,   3 4/3 4/1 4,           lower ones do not drive out others",
        "3, false, 1/1 2 3,             1 - -/1 2 3,           free places are filled",
        "2, true,  1/1 2/2,             1 1/1 2/2 2,           servers share if they may",
        "4, true,  1 2/1 2 3,           1 2 1 2/1 2 3 2,       a new address goes to one that shares",
    })
    void whichServerHasWhichAddress(
            int servers, boolean share, String answers, String expected, String why) {
        NameBench bench = new NameBench(1);
        bench.follow(dns().build(), NameBench.group(WEB, servers, share));
        StringBuilder seen = new StringBuilder();
        for (String answer : answers.split("/", -1)) {
            bench.answer(1, numbers(answer));
            seen.append(seen.isEmpty() ? "" : "/").append(bench.text());
        }
        assertEquals(expected, seen.toString(), why);
    }

    /** When a name is asked about again; give or take a twentieth. */
    @ParameterizedTest(name = "TTL {0} s, timeout resolve {1} s, hold valid {2} s: after {3} s")
    @CsvSource({
        "5,          1,  10, 5",
        "0,          1,  10, 1",
        "3600,       1,  10, 10",
        "2147483647, 1,  10, 10",
        "5,          30, 10, 30",
        "5,          1,  0,  1",
    })
    void aNameIsAskedAboutAgainWhenItsTtlIsOver(long ttl, int least, int most, double expected) {
        Set<Long> seen = new HashSet<>();
        for (int seed = 0; seed < 20; seed++) {
            NameBench bench = new NameBench(seed);
            bench.follow(
                    dns().resolveTimeout(Duration.ofSeconds(least))
                            .holdValid(Duration.ofSeconds(most))
                            .build(),
                    NameBench.group(WEB, 1, false));
            bench.answer(ttl, 1);
            long answered = bench.now;
            bench.ask();
            long after = bench.now - answered;
            assertEquals(expected, (double) after / NameBench.SECOND, expected / 20 + 1e-6);
            seen.add(after);
        }
        assertTrue(seen.size() > 10, "not all at the same time: " + seen);
    }

    @ParameterizedTest
    @EnumSource
    void noFailureTakesAnAddressAwayBeforeItsHoldIsOver(ResolveFailure failure) {
        NameBench bench = bench(dns().hold(failure, Duration.ofSeconds(60)), WEB, 1);
        bench.answer(1, 1);
        while (bench.now < 60 * NameBench.SECOND) {
            assertEquals("1", bench.text(), "at " + bench.now);
            bench.fail(failure);
        }
        assertEquals("-", bench.text());
        bench.answer(1, 1);
        assertEquals("1", bench.text());
        assertEquals(
                List.of(
                        "s1 1: resolvers dns say so of web.test",
                        failure + " held",
                        "s1 -: web.test has no address: " + failure.label(),
                        "null held",
                        "s1 1: resolvers dns say so of web.test"),
                bench.told);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NX")
    void withoutAHoldAnAddressStaysForEver(ResolveFailure failure) {
        NameBench bench = bench(dns(), WEB, 1);
        bench.answer(1, 1);
        for (int i = 0; i < 1_000; i++) {
            bench.fail(failure);
        }
        assertEquals("1", bench.text());
        assertEquals(2, bench.told.size());
    }

    @Test
    void aHoldIsOverThoughNobodyAnswersAnyMore() {
        NameBench bench = bench(dns().resolveTimeout(Duration.ofHours(1)), WEB, 1);
        bench.answer(1, 1);
        bench.ask();
        bench.atSeconds(4_000);
        assertEquals("1", bench.text());
        bench.fail(ResolveFailure.NX);
        assertEquals("-", bench.text());
    }

    @Test
    void anAddressThatIsGoneIsHeldForAWhile() {
        NameBench bench = bench(dns().holdObsolete(Duration.ofSeconds(30)), WEB, 2);
        bench.answer(1, 1, 2);
        long seen = bench.now;
        bench.answer(1, 2);
        assertEquals("1 2", bench.text());
        bench.answer(1, 2, 3);
        assertEquals("1 2", bench.text());
        bench.ask();
        bench.at(seen + 30 * NameBench.SECOND - 1);
        assertEquals("1 2", bench.text());
        bench.at(seen + 30 * NameBench.SECOND);
        assertEquals("3 2", bench.text());
    }

    @Test
    void theOtherFamilyIsUsedWhenThereIsNoneOfTheFirst() {
        NameBench bench = bench(dns(), WEB_IPV6_FIRST, 1);
        assertEquals(DnsType.AAAA, bench.question().type());
        bench.answer(DnsAnswer.failed(ResolveFailure.NX));
        assertEquals(DnsType.A, bench.question().type());
        bench.answer(DnsAnswer.addresses(NameBench.ips(1), 1));
        assertEquals("1", bench.text());
        bench.ask();
        bench.answer(DnsAnswer.addresses(List.of(SIX), 1));
        assertEquals(Map.of("s1", new ServerAddress(SIX, 80)), bench.places);
        assertEquals(List.of(), bench.asked);
    }

    @Test
    void aFailureAboutTheFirstFamilyDoesNotMakeItTheOther() {
        NameBench bench = bench(dns(), WEB_IPV6_FIRST, 1);
        bench.answer(DnsAnswer.addresses(List.of(SIX), 1));
        bench.ask();
        bench.answer(DnsAnswer.failed(ResolveFailure.TIMEOUT));
        bench.answer(DnsAnswer.addresses(NameBench.ips(1), 1));
        assertEquals(Map.of("s1", new ServerAddress(SIX, 80)), bench.places);
    }

    @Test
    void nameServersThatFailAboutOneFamilyAlwaysAreNoHindrance() {
        NameBench bench = bench(dns(), WEB_IPV6_FIRST, 1);
        for (int address : new int[] {1, 2}) {
            bench.ask();
            bench.answer(DnsAnswer.failed(ResolveFailure.OTHER));
            bench.answer(DnsAnswer.addresses(NameBench.ips(address), 1));
            assertEquals(String.valueOf(address), bench.text());
        }
    }

    @Test
    void anAnswerThatNobodyWaitsForChangesNothing() {
        NameBench bench = bench(dns(), WEB, 1);
        DnsQuestion question = bench.question();
        bench.answer(1, 1);
        bench.names.onAnswer(question, DnsAnswer.addresses(NameBench.ips(2), 1), bench.now);
        assertEquals("1", bench.text());
    }

    @Test
    void aServiceGivesServersTargetsPortsAndWeights() {
        NameBench bench = bench(dns(), SERVICE, 3);
        assertEquals(DnsType.SRV, bench.question().type());
        bench.answer(
                DnsAnswer.services(
                        List.of(
                                new DnsAnswer.Service("B.test.", 81, 65_535),
                                new DnsAnswer.Service("a.test", 82, 0)),
                        5,
                        Map.of("a.test", NameBench.ips(1))));
        assertEquals("1 - -", bench.text());
        assertEquals(
                List.of(new DnsQuestion("dns", "b.test", DnsType.A)),
                bench.asked,
                "what came along is not asked for");
        bench.answer(DnsAnswer.addresses(NameBench.ips(2), 1));
        assertEquals("1 2 -", bench.text());
        assertEquals(82, Objects.requireNonNull(bench.places.get("s1")).port());
        assertEquals(Map.of("s1", 1, "s2", 256), bench.weights);
    }

    @Test
    void aTargetKeepsItsServerWhenItsAddressOrWeightChanges() {
        NameBench bench = bench(dns(), SERVICE, 2);
        services(bench, new DnsAnswer.Service("a", 80, 0), new DnsAnswer.Service("b", 80, 0));
        services(bench, new DnsAnswer.Service("c", 80, 0), new DnsAnswer.Service("b", 80, 512));
        assertEquals("99 98", bench.text());
        assertEquals(Map.of("s1", 1, "s2", 3), bench.weights);
        services(bench, new DnsAnswer.Service("b", 81, 512), new DnsAnswer.Service("a", 80, 0));
        assertEquals("97 98", bench.text(), "another port is another server");
    }

    /** Each target has the address 10.0.0.X, X being its letter. */
    private static void services(NameBench bench, DnsAnswer.Service... services) {
        do {
            bench.ask();
            String name = bench.question().name();
            if (name.equals(SERVICE.name())) {
                bench.answer(DnsAnswer.services(List.of(services), 1, Map.of()));
            } else {
                bench.answer(DnsAnswer.addresses(NameBench.ips(name.charAt(0)), 3_600));
            }
        } while (!bench.asked.isEmpty());
    }

    @Test
    void anotherConfigurationKeepsWhatStays() {
        NameBench bench = bench(dns(), WEB, 2);
        bench.answer(1, 1, 2, 3);
        bench.follow(dns().retries(1).build(), NameBench.group(WEB, 3, false));
        assertEquals("1 2 3", bench.text());
        assertEquals(1, bench.asked.size(), "other name servers are asked at once");
        bench.follow(dns().retries(1).build(), NameBench.group(WEB, 1, false));
        assertEquals("1", bench.text());
        bench.asked.clear();
        bench.follow(dns().build(), NameBench.group(new NameKey("dns", "x", true), 1, false));
        assertEquals("x", bench.question().name());
    }

    @Test
    void whatTheSystemSaysHoldsUntilSomebodyKnowsBetter() {
        NameBench bench = bench(dns(), WEB, 1);
        bench.names.seed(WEB, NameBench.ips(4), 0).forEach(action -> bench.told.add("" + action));
        assertEquals(1, bench.told.size());
        assertEquals(new ServerNames.Known(false, true, null), bench.names.known(WEB));
        bench.answer(1, 5);
        assertEquals("5", bench.text());
        assertEquals(List.of(), bench.names.seed(WEB, NameBench.ips(4), bench.now));
    }
}
