package io.evenkeel.lb.netty.redis;

/** What the server itself carries out, so that nothing of another node comes in between. */
final class RedisScripts {
    /**
     * {@code KEYS[1]} is the entry, a hash; {@code ARGV} the field, its value, for how many milliseconds to keep it, and the channel and the
     * message to publish. Versions are compared byte by byte and not as the server's locale would. Answers 0 if there was a later one.
     */
    static final String WRITE =
            """
            local function version(value)
              return string.match(value, '^%S+ %S+') or value
            end
            local function order(a, b)
              for i = 1, math.min(#a, #b) do
                local x, y = string.byte(a, i), string.byte(b, i)
                if x ~= y then return x - y end
              end
              return #a - #b
            end
            local field, mine = ARGV[1], version(ARGV[2])
            local removed = redis.call('HGET', KEYS[1], 'r')
            if removed and order(mine, version(removed)) <= 0 then return 0 end
            local present = redis.call('HGET', KEYS[1], field)
            if present and order(mine, version(present)) < 0 then return 0 end
            redis.call('HSET', KEYS[1], field, ARGV[2])
            if field == 'r' then
              for _, other in ipairs({'s', 'c'}) do
                local value = redis.call('HGET', KEYS[1], other)
                if value and order(version(value), mine) < 0 then
                  redis.call('HDEL', KEYS[1], other)
                end
              end
            end
            local keep = tonumber(ARGV[3])
            if redis.call('PTTL', KEYS[1]) < keep then redis.call('PEXPIRE', KEYS[1], keep) end
            redis.call('PUBLISH', ARGV[4], ARGV[5])
            return 1
            """;

    /**
     * {@code ARGV} is a cursor, a pattern of names and how many to look at. Answers the next cursor and, for each entry, its name, its
     * fields {@code s}, {@code c} and {@code r}, empty if there are none, and for how many milliseconds it is kept.
     */
    static final String SCAN =
            """
            local page = redis.call('SCAN', ARGV[1], 'MATCH', ARGV[2], 'COUNT', ARGV[3])
            local found = {page[1]}
            for _, key in ipairs(page[2]) do
              local fields = redis.pcall('HMGET', key, 's', 'c', 'r')
              if not fields.err then
                local keep = redis.call('PTTL', key)
                found[#found + 1] = {key, fields[1] or '', fields[2] or '', fields[3] or '', keep}
              end
            end
            return found
            """;

    private RedisScripts() {}
}
