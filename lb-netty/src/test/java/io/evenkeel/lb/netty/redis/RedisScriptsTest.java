package io.evenkeel.lb.netty.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.lb.netty.RedisProcess;
import io.lettuce.core.RedisClient;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.resource.ClientResources;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a real server decides. */
class RedisScriptsTest {
    @TempDir static Path directory;
    private static RedisProcess redis;
    private static ClientResources resources;
    private static RedisClient client;
    private static RedisCommands<String, String> commands;

    @BeforeAll
    static void start() throws Exception {
        redis = RedisProcess.start(directory);
        resources = RedisDriver.resources();
        client = RedisClient.create(resources, "redis://127.0.0.1:" + redis.port());
        commands = client.connect().sync();
    }

    @AfterAll
    static void stop() {
        RedisDriver.shutDown(client, resources);
        redis.close();
    }

    @BeforeEach
    void clear() {
        commands.flushall();
    }

    private static long write(String field, String value, long keepMillis) {
        Long answer =
                commands.eval(
                        RedisScripts.WRITE,
                        ScriptOutputType.INTEGER,
                        new String[] {"p:app:ip:192.0.2.1"},
                        field,
                        value,
                        Long.toString(keepMillis),
                        "p:changes",
                        "message");
        return answer;
    }

    private static Map<String, String> fields() {
        return commands.hgetall("p:app:ip:192.0.2.1");
    }

    /** Of a later write nothing else counts than its version, and of two at once the name of the node. */
    @ParameterizedTest
    @CsvSource({
        "00000000000000a5 lb1 one, 00000000000000a5 lb1 one, 1",
        "00000000000000a5 lb1 one, 00000000000000a4 lb9 two, 0",
        "00000000000000a5 lb1 one, 00000000000000a6 lb0 two, 1",
        "00000000000000a5 lb1 one, 00000000000000a5 lb2 two, 1",
        "00000000000000a5 lb2 one, 00000000000000a5 lb1 two, 0",
        "00000000000000a5 lb1 one, 00000000000000a5 lb10 two, 1",
        "00000000000000a5 Z one, 00000000000000a5 a two, 1",
        "00000000000000a5 a one, 00000000000000a5 Z two, 0",
        "00000000000000a5 lb-1 one, 00000000000000a5 lb.1 two, 1",
        "00000193b5a2c4f0 lb1 one, 7fffffffffffffff lb1 two, 1",
    })
    void theLaterWriteCounts(String first, String second, long taken) {
        assertEquals(1, write("s", first, 60_000));
        assertEquals(taken, write("s", second, 60_000));
        assertEquals(Map.of("s", taken == 1 ? second : first), fields());
    }

    @Test
    void aRemovalTakesWhatIsOlderAndNothingOlderComesBack() {
        write("s", "0000000000000005 a one", 60_000);
        write("c", "0000000000000008 a gpt0=1", 60_000);
        assertEquals(1, write("r", "0000000000000006 a", 600_000));
        Map<String, String> left = fields();
        assertNotNull(left.remove("x"));
        assertEquals(Map.of("c", "0000000000000008 a gpt0=1", "r", "0000000000000006 a"), left);
        assertEquals(0, write("s", "0000000000000005 z one", 60_000));
        assertEquals(0, write("r", "0000000000000006 a", 600_000));
        assertEquals(1, write("s", "0000000000000007 a two", 60_000));
        assertEquals(Set.of("s", "c", "r", "x"), fields().keySet());
    }

    @Test
    void anEntryIsKeptAsLongAsItsLongestField() {
        write("s", "0000000000000005 a one", 60_000);
        write("c", "0000000000000005 a gpt0=1", 10_000);
        assertTrue(commands.pttl("p:app:ip:192.0.2.1") > 50_000);
        write("s", "0000000000000005 a one", 90_000);
        assertTrue(commands.pttl("p:app:ip:192.0.2.1") > 80_000);
    }

    private static List<Object> page() {
        return commands.eval(
                RedisScripts.SCAN, ScriptOutputType.MULTI, new String[0], "0", "p:*", "1000");
    }

    /** The hash is kept as long as its removal; what is written after that, or stays, no longer than it is to be. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatIsNoOlderThanARemovalExpiresAsIfThereWereNone(boolean removedFirst) {
        String removal = "0000000000000005 a";
        if (removedFirst) {
            write("r", removal, 600_000);
        }
        write("c", "0000000000000006 a gpt0=1", 10_000);
        write("s", "0000000000000006 a one", 30_000);
        if (!removedFirst) {
            write("r", removal, 600_000);
        }
        List<?> found = (List<?>) page().get(1);
        assertEquals(
                List.of("0000000000000006 a one", "0000000000000006 a gpt0=1", removal),
                found.subList(1, 4));
        long remaining = (Long) found.get(4);
        assertTrue(remaining > 20_000 && remaining <= 30_000, found.toString());

        passHalfAMinute();
        found = (List<?>) page().get(1);
        assertEquals(List.of("", "", removal), found.subList(1, 4));
        assertTrue((Long) found.get(4) > 500_000, found.toString());
        assertEquals(0, write("c", "0000000000000004 a gpt0=1", 60_000));
        assertEquals(1, write("s", "0000000000000006 A two", 60_000), "as if it were new");
        assertEquals(Set.of("s", "r", "x"), fields().keySet());
    }

    private static void passHalfAMinute() {
        long left = commands.pttl("p:app:ip:192.0.2.1") - 30_000;
        commands.pexpire("p:app:ip:192.0.2.1", left);
    }

    @Test
    void whatIsUsedAgainAfterARemovalIsKeptLonger() {
        write("r", "0000000000000005 a", 600_000);
        write("s", "0000000000000006 a one", 10_000);
        write("s", "0000000000000006 a one", 90_000);
        write("s", "0000000000000006 a one", 20_000);
        long remaining = (Long) ((List<?>) page().get(1)).get(4);
        assertTrue(remaining > 80_000 && remaining <= 90_000, "" + remaining);
        write("s", "0000000000000006 a one", 700_000);
        assertTrue(commands.pttl("p:app:ip:192.0.2.1") > 650_000);
        assertEquals(Set.of("s", "r"), fields().keySet());
        assertTrue((Long) ((List<?>) page().get(1)).get(4) > 650_000);
    }

    @Test
    void aKeyOfAnotherTypeIsLeftAloneAndSaidToBeOne() {
        commands.set("p:app:ip:192.0.2.1", "no hash");
        assertEquals(-1, write("s", "0000000000000005 a one", 60_000));
        assertEquals("no hash", commands.get("p:app:ip:192.0.2.1"));
        assertEquals(-1, commands.pttl("p:app:ip:192.0.2.1"));
    }

    @Test
    void entriesAreFoundAndWhatIsNoneIsLeftOut() {
        write("s", "0000000000000005 a one", 60_000);
        commands.set("p:app:ip:text", "no hash");
        commands.set("q", "another prefix");
        List<Object> page = page();
        assertEquals("0", page.get(0));
        assertEquals(2, page.size());
        List<?> entry = (List<?>) page.get(1);
        assertEquals(
                Arrays.asList("p:app:ip:192.0.2.1", "0000000000000005 a one", "", ""),
                entry.subList(0, 4));
        assertTrue((Long) entry.get(4) > 50_000);
    }
}
