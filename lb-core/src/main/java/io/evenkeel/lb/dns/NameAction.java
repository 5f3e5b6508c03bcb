package io.evenkeel.lb.dns;

import io.evenkeel.lb.ResolveFailure;
import io.evenkeel.lb.ServerAddress;
import org.jspecify.annotations.Nullable;

/** What is to be done about a name. */
public sealed interface NameAction<S> {
    /** Name servers are to be asked; the answer goes to {@link ServerNames#onAnswer}, whatever it is. */
    record Ask<S>(DnsQuestion question) implements NameAction<S> {}

    /**
     * A name cannot be resolved from now on, for another reason than before, or can be again; told once.
     *
     * @param failure null if it can be
     * @param held whether its addresses stay in use
     */
    record Trouble<S>(NameKey key, @Nullable ResolveFailure failure, boolean held)
            implements NameAction<S> {}

    /**
     * A server is somewhere else.
     *
     * @param address null if there is none for it
     * @param weight 1 to 256 if an SRV record has given it another weight, else 0
     * @param cause for people
     */
    record Assign<S>(S server, @Nullable ServerAddress address, int weight, String cause)
            implements NameAction<S> {}
}
