package io.evenkeel.lb.netty;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What stands between a failure and Netty: an {@link Error} would end the event loop for good, and an exception stop it for a second, with
 * every connection that it has.
 */
final class LastResort {
    private static final Logger LOGGER = LoggerFactory.getLogger(LastResort.class);

    private LastResort() {}

    /**
     * Logs what nobody else has taken care of; throws nothing.
     *
     * @param what failed, as the beginning of a sentence
     */
    static void log(String what, Throwable bug) {
        try {
            LOGGER.error("{} failed because of a bug; please report it.", what, bug);
        } catch (Throwable e) {
            // For want of memory, perhaps: the loop's connections matter more than its log.
        }
    }
}
