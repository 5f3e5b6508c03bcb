package io.evenkeel.lb.netty.redis;

import io.lettuce.core.RedisClient;
import io.lettuce.core.resource.ClientResources;

/** Has Lettuce's classes loaded, which takes seconds on a machine that is busy, before a test waits for what they do. */
public final class RedisWarmUp {
    private RedisWarmUp() {}

    public static void connect(int port) {
        ClientResources resources = RedisDriver.resources();
        RedisClient client = RedisClient.create(resources, "redis://127.0.0.1:" + port);
        client.connect().sync().ping();
        client.connectPubSub().sync().subscribe("nobody");
        RedisDriver.shutDown(client, resources);
    }
}
