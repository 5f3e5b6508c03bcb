package io.evenkeel.lb.haproxy;

import io.evenkeel.lb.AccessRule;
import io.evenkeel.lb.Condition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The rules of a proxy while the file is read. */
final class ProxyRules {
    /**
     * {@code use_backend}.
     *
     * @param condition to be asked when all lines are read: an ACL may still get further lines
     */
    record Use(String backend, Supplier<Condition> condition, int line) {}

    /** {@code tcp-request connection} or {@code tcp-request content}; see {@link Use}. */
    record Access(AccessRule.Action action, Supplier<Condition> condition, int line) {}

    /** Lines of a name, of which one must hold; a line that was refused is missing. */
    final Map<String, List<Condition>> acls = new LinkedHashMap<>();

    final List<Use> uses = new ArrayList<>();
    final List<Access> connection = new ArrayList<>();
    final ExpectProxyRules expectProxy = new ExpectProxyRules();
    final List<Access> content = new ArrayList<>();

    /** How much one client may have; null: no limit. */
    @Nullable SourceLimitParser source;

    Duration inspectDelay = Duration.ZERO;
}
