package io.evenkeel.lb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is wrong with name servers, all of it at once. */
class ResolversConfigTest {
    private static List<String> problems(Runnable made) {
        return assertThrows(InvalidConfigException.class, made::run).problems().stream()
                .map(problem -> problem.path() + " " + problem.message())
                .toList();
    }

    @Test
    void timesAndSizesHaveBounds() {
        assertEquals(
                List.of(
                        "resolvers[dns].retries is 0, but must be at least 1",
                        "resolvers[dns].holdValid is PT-1S, but must be from 0 to 2147483647 ms",
                        "resolvers[dns].holdObsolete is PT8760H, but must be from 0 to 2147483647"
                                + " ms",
                        "resolvers[dns].payloadSize is 100, but must be from 512 to 65535"),
                problems(
                        () ->
                                ResolversConfig.builder("dns")
                                        .retries(0)
                                        .holdValid(Duration.ofSeconds(-1))
                                        .holdObsolete(Duration.ofDays(365))
                                        .payloadSize(100)
                                        .build()));
    }

    @Test
    void aNameServerHasALiteralAddressAndAPort() {
        List<String> problems =
                problems(() -> new NameserverConfig("one", "dns.example", 0, false));
        assertEquals(2, problems.size(), problems.toString());
        assertEquals("nameserver[one].port is 0, but must be from 1 to 65535", problems.get(1));
        assertEquals(53, new NameserverConfig("one", "2001:db8::1", 53, true).port());
    }
}
