package io.evenkeel.lb.netty.redis;

/** What the server itself carries out, so that nothing of another node comes in between. */
final class RedisScripts {
    /** An answer of {@link #WRITE}. */
    static final long NO_HASH = -1;

    /**
     * {@code KEYS[1]} is the entry, a hash; {@code ARGV} the field, its value, for how many milliseconds to keep it, and the channel and the
     * message to publish. Versions are compared byte by byte and not as the server's locale would. Answers 0 if there was a later one, and
     * -1 if the entry is no hash.
     *
     * <p>A hash has one expiry. Where that is the one of a removal, field {@code x} has how many milliseconds before it the other fields
     * expire.
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
            local keep = tonumber(ARGV[3])
            local removed = redis.pcall('HGET', KEYS[1], 'r')
            if type(removed) == 'table' then
              return string.find(removed.err, 'WRONGTYPE') and -1 or removed
            end
            local left = redis.call('PTTL', KEYS[1])
            local before = tonumber(redis.call('HGET', KEYS[1], 'x') or 0)
            if before > 0 and left <= before then redis.call('HDEL', KEYS[1], 's', 'c') end
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
            local others = math.max(left - before, field == 'r' and 0 or keep)
            local early = math.max(left, keep) - others
            if early > 0 then
              redis.call('HSET', KEYS[1], 'x', early)
            else
              redis.call('HDEL', KEYS[1], 'x')
            end
            if left < keep then redis.call('PEXPIRE', KEYS[1], keep) end
            redis.call('PUBLISH', ARGV[4], ARGV[5])
            return 1
            """;

    /**
     * {@code ARGV} is a cursor, a pattern of names and how many to look at. Answers the next cursor and, for each entry, its name, its
     * fields {@code s}, {@code c} and {@code r}, empty if there are none, and for how many milliseconds {@code s} and {@code c} are kept, or
     * the removal if there is nothing else.
     */
    static final String SCAN =
            """
            local page = redis.call('SCAN', ARGV[1], 'MATCH', ARGV[2], 'COUNT', ARGV[3])
            local found = {page[1]}
            for _, key in ipairs(page[2]) do
              local fields = redis.pcall('HMGET', key, 's', 'c', 'r', 'x')
              if not fields.err then
                local s, c, r, x = fields[1] or '', fields[2] or '', fields[3] or '', fields[4]
                local keep = redis.call('PTTL', key)
                if x and keep <= tonumber(x) then
                  s, c = '', ''
                elseif x then
                  keep = keep - tonumber(x)
                end
                found[#found + 1] = {key, s, c, r, keep}
              end
            end
            return found
            """;

    private RedisScripts() {}
}
