package io.evenkeel.lb.haproxy;

import io.evenkeel.lb.ServerConfig;
import io.evenkeel.lb.StickRule;
import io.evenkeel.lb.StickTableConfig;
import io.evenkeel.lb.Stickiness;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The stick tables of a file by the names of their sections, and whether the rules fit them. */
final class StickTables {
    private final Report report;
    private final List<ProxyDraft> proxies;
    private final Map<String, ProxyDraft> owners = new HashMap<>();

    StickTables(Report report, List<ProxyDraft> proxies) {
        this.report = report;
        this.proxies = proxies;
    }

    /** Reports names that two tables have, and rules that no table fits. */
    void check() {
        for (ProxyDraft proxy : proxies) {
            ProxyDraft.StickTable table = proxy.stickTable;
            ProxyDraft before = table == null ? null : owners.putIfAbsent(proxy.name, proxy);
            if (table != null && before != null) {
                report.refuse(
                        table.line(),
                        before.title()
                                + " has a stick table of the same name; rename one of the"
                                + " sections, or remove one of the tables");
            }
        }
        for (ProxyDraft proxy : proxies) {
            checkIds(proxy);
            proxy.stickRules.forEach(stick -> check(proxy, stick));
            SourceLimitParser limit = proxy.rules.source;
            ProxyDraft owner = limit == null ? null : owners.get(limit.table());
            ProxyDraft.StickTable table = owner == null ? null : owner.stickTable;
            // A table line that was refused says nothing.
            if (limit != null && !proxy.settings.disabled && owner != null && isOff(owner)) {
                report.refuse(limit.line(), isOff(limit.table()));
            } else if (limit != null && (table == null || table.config() != null)) {
                limit.check(report, table == null ? null : table.config());
            }
        }
    }

    private void checkIds(ProxyDraft proxy) {
        Map<Integer, ProxyDraft.Server> servers = new HashMap<>();
        for (ProxyDraft.Server server : proxy.servers) {
            int id = server.settings().id;
            ProxyDraft.Server before = id == 0 ? null : servers.putIfAbsent(id, server);
            if (before != null) {
                report.refuse(
                        server.line(),
                        "the id "
                                + id
                                + " is that of server "
                                + Report.quote(before.name())
                                + " already; give each server of a backend its own");
            }
        }
    }

    private void check(ProxyDraft proxy, ProxyDraft.Stick stick) {
        StickRule rule = stick.rule();
        String named = rule.table();
        String name = named == null ? proxy.name : named;
        ProxyDraft owner = owners.get(name);
        ProxyDraft.StickTable table = owner == null ? null : owner.stickTable;
        if (owner != null && isOff(owner)) {
            report.refuse(stick.line(), isOff(name));
            return;
        }
        if (table == null) {
            report.refuse(
                    stick.line(),
                    "there is no stick table "
                            + Report.quote(name)
                            + (named == null
                                    ? "; add a stick-table line to this section, or say 'table' and"
                                            + " whose to use"
                                    : "; add a stick-table line to a section of that name"
                                            + Nearest.hint(name, owners.keySet())));
            return;
        }
        StickTableConfig config = table.config();
        // A line that was refused says nothing of its type.
        if (config != null && !rule.source().fits(config.keyType())) {
            report.refuse(
                    stick.line(),
                    "the stick table "
                            + Report.quote(name)
                            + " has keys of type "
                            + config.keyType()
                            + ", and none is made of "
                            + rule.source()
                            + "; use a table of "
                            + types(rule));
        }
    }

    private static boolean isOff(ProxyDraft owner) {
        return owner.section == Section.FRONTEND && owner.settings.disabled;
    }

    private static String isOff(String table) {
        return "the stick table "
                + Report.quote(table)
                + " stands in a frontend that is disabled; move it into a backend of its own, which"
                + " needs no server";
    }

    private static String types(StickRule rule) {
        return switch (rule.source()) {
            case SOURCE, DESTINATION -> "type ipv6 or ip";
            case DESTINATION_PORT -> "type integer";
            default -> "type string";
        };
    }

    /** Of a frontend or backend; a listen section's belongs to its backend. */
    static @Nullable StickTableConfig of(ProxyDraft draft) {
        ProxyDraft.StickTable table = draft.stickTable;
        return table == null ? null : table.config();
    }

    /** The same with the numbers of its servers, which peers may say. */
    static @Nullable StickTableConfig of(ProxyDraft draft, List<ServerConfig> servers) {
        StickTableConfig config = of(draft);
        if (config == null || config.peers() == null) {
            return config;
        }
        Map<Integer, String> ids = new HashMap<>();
        for (int i = 0; i < servers.size(); i++) {
            int id = draft.servers.get(i).settings().id;
            if (id > 0) {
                ids.put(id, config.serverKey().of(servers.get(i)));
            }
        }
        return ids.isEmpty() ? config : config.withServerIds(ids);
    }

    static Stickiness stickiness(ProxyDraft draft) {
        return Stickiness.builder()
                .rules(draft.stickRules.stream().map(stick -> rule(draft, stick.rule())).toList())
                .build();
    }

    /** As in HAProxy a table goes by its name alone, so the one of a frontend of the same name may be meant. */
    private static StickRule rule(ProxyDraft draft, StickRule rule) {
        String name = rule.table() == null ? draft.name : rule.table();
        boolean own = name.equals(draft.name) && draft.stickTable != null;
        return new StickRule(rule.kind(), rule.source(), own ? null : name);
    }
}
