package io.evenkeel.lb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What is wrong with a store of stick tables, and when two are the same. */
class RedisConfigTest {
    private static RedisConfig.Builder redis() {
        return RedisConfig.builder("192.0.2.9", 6379);
    }

    private static List<String> problems(Runnable build) {
        InvalidConfigException refused = assertThrows(InvalidConfigException.class, build::run);
        return refused.problems().stream().map(Object::toString).toList();
    }

    @Test
    void everyProblemIsSaidAtOnce() {
        assertEquals(
                List.of(
                        "redis.host: is empty, but must be a host name or an address",
                        "redis.port: is 0, but must be from 1 to 65535",
                        "redis.prefix: is empty, but tells the keys of these nodes from others",
                        "redis.timeout: is PT0S, but must be above 0 and at most 2147483647 ms",
                        "redis.user: is set without a password; set both",
                        "redis.caFile: is set without TLS; set that too"),
                problems(
                        () ->
                                RedisConfig.builder("", 0)
                                        .prefix("")
                                        .timeout(Duration.ZERO)
                                        .user("lb")
                                        .caFile("ca.pem")
                                        .build()));
    }

    @Test
    void aGroupWithAStoreHasNothingElse() {
        assertEquals(
                List.of(
                        "peers[mesh].store: takes the place of connections between the nodes; leave out 'bind' and"
                                + " 'peer'",
                        "peers[mesh].localPeer: is not ASCII, by which a store decides whose change counts; use"
                                + " ASCII only"),
                problems(
                        () ->
                                PeersConfig.builder("mesh", "lb\u00e9")
                                        .bind(new BindAddress("192.0.2.1", 1024))
                                        .store(redis().build())
                                        .build()));
        PeersConfig connected =
                PeersConfig.builder("mesh", "lb1")
                        .bind(new BindAddress("192.0.2.1", 1024))
                        .peer("lb2", "192.0.2.2", 1024)
                        .build();
        assertEquals(
                PeersConfig.builder("mesh", "lb1").store(redis().build()).build(),
                connected.through(redis().build()));
    }

    @Test
    void aTableInAStoreExpires() {
        StickTableConfig forever =
                StickTableConfig.builder(StickKeyType.ip(), 10).peers("mesh").build();
        BackendConfig app = Fixture.config().stickTable(forever).build();
        PeersConfig mesh = PeersConfig.builder("mesh", "lb1").store(redis().build()).build();
        assertEquals(
                List.of(
                        "proxy.stickTable["
                                + app.name()
                                + "].expire: is not set, so the store of peers 'mesh' would keep for ever what all"
                                + " nodes have long forgotten; set it"),
                problems(() -> ProxyConfig.builder().backends(app).peers(List.of(mesh)).build()));
    }

    @Test
    void eachSettingMakesAnotherAndThePasswordIsNotShown() {
        List<UnaryOperator<RedisConfig.Builder>> settings =
                List.of(
                        redis -> redis,
                        redis -> redis.prefix("shop"),
                        redis -> redis.tls(true),
                        redis -> redis.tls(true).caFile("ca.pem"),
                        redis -> redis.password("secret"),
                        redis -> redis.user("lb").password("secret"),
                        redis -> redis.timeout(Duration.ofSeconds(1)));
        for (UnaryOperator<RedisConfig.Builder> one : settings) {
            RedisConfig built = one.apply(redis()).build();
            assertEquals(built, one.apply(redis()).build());
            assertEquals(built.hashCode(), one.apply(redis()).build().hashCode());
            assertFalse(built.toString().contains("secret"));
            for (UnaryOperator<RedisConfig.Builder> other : settings) {
                if (other != one) {
                    assertNotEquals(built, other.apply(redis()).build());
                }
            }
        }
        assertNotEquals(redis().build(), "something else");
        assertEquals(
                "redis://[2001:db8::9]:6379/evenkeel",
                RedisConfig.builder("2001:db8::9", RedisConfig.DEFAULT_PORT).build().toString());
    }

    @Test
    void aClockIsNotNegative() {
        assertThrows(IllegalArgumentException.class, () -> new StickNode("lb1", -1));
    }
}
