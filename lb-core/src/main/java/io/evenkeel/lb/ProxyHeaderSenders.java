package io.evenkeel.lb;

/**
 * From whom an address of a frontend takes connections, each of which begins with a header of the PROXY protocol. Whoever may send
 * one says which address its clients have, so it should be the proxies in front and nobody else.
 *
 * @param condition holds of the connections that are taken; looks at addresses and ports only
 */
public record ProxyHeaderSenders(Condition condition) {
    /**
     * Checks the condition.
     *
     * @throws InvalidConfigException if it looks at the first bytes
     */
    public ProxyHeaderSenders {
        Problems problems = new Problems("proxyHeaderSenders");
        problems.addressesOnly("condition", condition);
        problems.throwIfAny();
    }

    /** Anybody: for an address that only proxies can reach ({@code accept-proxy}). */
    public static ProxyHeaderSenders anybody() {
        return new ProxyHeaderSenders(Condition.always());
    }

    /**
     * Connections from these addresses; others are reset.
     *
     * @param blocks such as {@code 10.0.0.0/8} or {@code 2001:db8::1}; see {@link Condition#source(String...)}
     * @throws InvalidConfigException if there is none, or one is no address
     */
    public static ProxyHeaderSenders of(String... blocks) {
        Problems problems = new Problems("proxyHeaderSenders");
        if (blocks.length == 0) {
            problems.add("", "are missing; say which addresses the proxies in front have");
        }
        problems.throwIfAny();
        return new ProxyHeaderSenders(Condition.source(blocks));
    }

    /** Whether a connection with these addresses of its own is taken. */
    public boolean trusts(ConnectionFacts facts) {
        return condition.test(facts) == Truth.TRUE;
    }
}
