package io.evenkeel.lb.netty.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
        assertEquals(Map.of("c", "0000000000000008 a gpt0=1", "r", "0000000000000006 a"), fields());
        assertEquals(0, write("s", "0000000000000005 z one", 60_000));
        assertEquals(0, write("r", "0000000000000006 a", 600_000));
        assertEquals(1, write("s", "0000000000000007 a two", 60_000));
        assertEquals(3, fields().size());
    }

    @Test
    void anEntryIsKeptAsLongAsItsLongestField() {
        write("s", "0000000000000005 a one", 60_000);
        write("c", "0000000000000005 a gpt0=1", 10_000);
        assertTrue(commands.pttl("p:app:ip:192.0.2.1") > 50_000);
        write("s", "0000000000000005 a one", 90_000);
        assertTrue(commands.pttl("p:app:ip:192.0.2.1") > 80_000);
    }

    @Test
    void entriesAreFoundAndWhatIsNoneIsLeftOut() {
        write("s", "0000000000000005 a one", 60_000);
        commands.set("p:app:ip:text", "no hash");
        commands.set("q", "another prefix");
        List<Object> page =
                commands.eval(
                        RedisScripts.SCAN,
                        ScriptOutputType.MULTI,
                        new String[0],
                        "0",
                        "p:*",
                        "1000");
        assertEquals("0", page.get(0));
        assertEquals(2, page.size());
        List<?> entry = (List<?>) page.get(1);
        assertEquals(
                Arrays.asList("p:app:ip:192.0.2.1", "0000000000000005 a one", "", ""),
                entry.subList(0, 4));
        assertTrue((Long) entry.get(4) > 50_000);
    }
}
