package io.evenkeel.vrrp.keepalived;

import io.evenkeel.vrrp.NotifyScript;
import io.evenkeel.vrrp.VirtualRouterConfig;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads {@code keepalived.conf} with keepalived's meaning and defaults: version 2, an advertisement each second, priority 100.
 *
 * <p>Where keepalived warns and goes on with another value, this reader refuses the file, so that nothing runs that nobody
 * wrote. It opens no file: what a file includes comes from {@link ReaderOptions#withIncludes}.
 */
public final class KeepalivedConfigReader {
    private final ReaderOptions options;
    private final Findings findings;
    private final GlobalReader global;
    private final Sources sources;
    private final SyncGroups groups;
    private final StaticAddresses staticAddresses;
    private final RuleNumbers ruleNumbers = new RuleNumbers();
    private final RouteBlocks staticRoutes;
    private final DelayReader delays;
    private final List<InstanceReader> instances = new ArrayList<>();

    private KeepalivedConfigReader(String fileName, ReaderOptions options) {
        this.options = options;
        this.findings = new Findings(fileName);
        this.global = new GlobalReader(findings);
        this.sources = new Sources(findings);
        this.groups = new SyncGroups(findings);
        this.staticAddresses = new StaticAddresses(findings);
        this.staticRoutes = new RouteBlocks(ruleNumbers, findings);
        this.delays = new DelayReader(findings);
    }

    /**
     * Reads the bytes of a file that refers to nothing outside it.
     *
     * @param fileName the name to show in problems
     * @throws ConfigException with every problem, when there is one
     */
    public static KeepalivedConfig read(String fileName, byte[] bytes) {
        return read(fileName, bytes, ReaderOptions.NONE);
    }

    /**
     * Reads the bytes of a file, which are UTF-8.
     *
     * @param fileName the name to show in problems, at whose directory the names of included files start
     * @throws ConfigException with every problem, when there is one
     */
    public static KeepalivedConfig read(String fileName, byte[] bytes, ReaderOptions options) {
        KeepalivedConfigReader reader = new KeepalivedConfigReader(fileName, options);
        return reader.read(Utf8.text(fileName, bytes, reader.findings));
    }

    /**
     * Reads the text of a file that refers to nothing outside it.
     *
     * @param fileName the name to show in problems
     * @throws ConfigException with every problem, when there is one
     */
    public static KeepalivedConfig read(String fileName, String text) {
        return new KeepalivedConfigReader(fileName, ReaderOptions.NONE).read(text);
    }

    private KeepalivedConfig read(String text) {
        List<Token> tokens = SourceReader.tokens(findings.file(), text, options, findings);
        new TopReader().walk(BlockParser.parse(tokens, findings));
        Set<String> names = new LinkedHashSet<>();
        instances.forEach(instance -> names.add(instance.name()));
        Trackers trackers = new Trackers(sources, groups.byMember(names), findings);
        VirtualMacNames macNames = new VirtualMacNames(instances, global, findings);
        List<VirtualRouterConfig> routers = new ArrayList<>();
        List<NotifyScript> notifyScripts = new ArrayList<>();
        Map<String, Place> interfacePlaces = new HashMap<>();
        for (InstanceReader instance : instances) {
            VirtualRouterConfig router =
                    new InstanceBuilder(instance, global, trackers, macNames, findings).build();
            if (router != null) {
                routers.add(router);
                interfacePlaces.put(router.name(), instance.placeOrOwn("interface"));
            }
            notifyScripts.addAll(instance.notifications().scripts(global.account()));
        }
        notifyScripts.addAll(groups.notifyScripts(global.account()));
        Conflicts.find(instances, global, findings);
        if (instances.isEmpty()) {
            findings.warning(
                    new Place(findings.file(), 1),
                    "there is no vrrp_instance, so that no address is kept alive");
        }
        KeepalivedConfig.Values values =
                new KeepalivedConfig.Values(
                        findings.file(),
                        routers,
                        groups.groups(),
                        sources.scripts(global.account()),
                        sources.files(),
                        sources.processes(),
                        sources.interfaces(),
                        notifyScripts,
                        staticAddresses.on(global.defaultInterface()),
                        global.realTimePriority(),
                        global.lockedMemory(),
                        staticRoutes.distinctRoutes(),
                        staticRoutes.distinctRules(),
                        delays.delays(),
                        global.scriptSecurity(),
                        findings.warnings(),
                        interfacePlaces);
        findings.throwIfAny();
        return new KeepalivedConfig(values);
    }

    private final class TopReader extends BlockReader {
        TopReader() {
            super(Vocabularies.TOP, findings);
        }

        @Override
        void read(Statement statement) {
            switch (statement.name()) {
                case "global_defs" -> global.walk(statement.block());
                case "interface_up_down_delays" -> delays.read(statement);
                case "static_ipaddress" -> staticAddresses.read(statement);
                case "static_routes" -> staticRoutes.readRoutes(statement);
                case "static_rules" -> staticRoutes.readRules(statement);
                case "track_file", "vrrp_track_file" -> sources.readFile(statement);
                case "vrrp_track_process" -> sources.readProcess(statement);
                case "vrrp_script" -> sources.readScript(statement);
                case "vrrp_sync_group" -> groups.read(statement);
                case "vrrp_instance" ->
                        instances.add(
                                new InstanceReader(statement, options, ruleNumbers, findings));
                default -> throw new IllegalStateException("no reader for " + statement.name());
            }
        }
    }
}
