package io.evenkeel.vrrp.keepalived;

import io.evenkeel.vrrp.IpAddress;
import io.evenkeel.vrrp.VirtualRouterConfig;
import io.evenkeel.vrrp.VrrpScript;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads {@code keepalived.conf} with keepalived's meaning and defaults: version 2, an advertisement each second, priority 100.
 *
 * <p>Where keepalived warns and goes on with another value, this reader refuses the file, so that nothing runs that nobody
 * wrote. It opens no file.
 */
public final class KeepalivedConfigReader {
    private final Findings findings;
    private final GlobalReader global;
    private final Map<String, ScriptReader> scripts = new LinkedHashMap<>();
    private final List<InstanceReader> instances = new ArrayList<>();

    private KeepalivedConfigReader(String fileName) {
        this.findings = new Findings(fileName);
        this.global = new GlobalReader(findings);
    }

    /**
     * Reads the bytes of a file, which are UTF-8.
     *
     * @param fileName the name to show in problems
     * @throws ConfigException with every problem, when there is one
     */
    public static KeepalivedConfig read(String fileName, byte[] bytes) {
        CharBuffer text = CharBuffer.allocate(bytes.length);
        ByteBuffer rest = ByteBuffer.wrap(bytes);
        if (!StandardCharsets.UTF_8.newDecoder().decode(rest, text, true).isError()) {
            return read(fileName, text.flip().toString());
        }
        // Probably an older 8-bit set: a comment in it must not keep the address from living.
        KeepalivedConfigReader reader = new KeepalivedConfigReader(fileName);
        reader.findings.warning(
                1 + (int) text.flip().chars().filter(c -> c == '\n').count(),
                "the line is not UTF-8, so that the file is read as ISO 8859-1; save it as UTF-8");
        return reader.read(new String(bytes, StandardCharsets.ISO_8859_1));
    }

    /**
     * Reads the text of a file.
     *
     * @param fileName the name to show in problems
     * @throws ConfigException with every problem, when there is one
     */
    public static KeepalivedConfig read(String fileName, String text) {
        return new KeepalivedConfigReader(fileName).read(text);
    }

    private KeepalivedConfig read(String text) {
        new TopReader().walk(BlockParser.parse(text, findings));
        List<VirtualRouterConfig> routers = new ArrayList<>();
        Map<String, Integer> interfaceLines = new HashMap<>();
        for (InstanceReader instance : instances) {
            VirtualRouterConfig router =
                    new InstanceBuilder(instance, global, scripts, findings).build();
            if (router != null) {
                routers.add(router);
                interfaceLines.put(router.name(), instance.lineOrOwn("interface"));
            }
        }
        findDuplicates();
        findSharedAddresses();
        List<VrrpScript> tracked = trackedScripts();
        if (instances.isEmpty()) {
            findings.warning(1, "there is no vrrp_instance, so that no address is kept alive");
        }
        findings.throwIfAny();
        return new KeepalivedConfig(
                findings.file(), routers, tracked, findings.warnings(), interfaceLines);
    }

    private void findDuplicates() {
        Map<String, InstanceReader> names = new HashMap<>();
        Map<String, InstanceReader> identifiers = new HashMap<>();
        for (InstanceReader instance : instances) {
            InstanceReader namesake = names.putIfAbsent(instance.name(), instance);
            if (namesake != null) {
                findings.error(
                        instance.line(),
                        "vrrp_instance '"
                                + instance.name()
                                + "' is defined on line "
                                + namesake.line()
                                + " already; give this one another name");
            }
            String interfaceName = instance.interfaceName();
            Integer virtualRouterId = instance.virtualRouterId();
            if (interfaceName == null || virtualRouterId == null) {
                continue;
            }
            InstanceReader twin =
                    identifiers.putIfAbsent(interfaceName + "/" + virtualRouterId, instance);
            if (twin != null) {
                findings.error(
                        instance.lineOrOwn("virtual_router_id"),
                        "virtual_router_id "
                                + virtualRouterId
                                + " on "
                                + interfaceName
                                + " is that of vrrp_instance '"
                                + twin.name()
                                + "' on line "
                                + twin.lineOrOwn("virtual_router_id")
                                + " already; choose another one");
            }
        }
    }

    /** Two routers that add and remove one address take it from each other. */
    private void findSharedAddresses() {
        Map<IpAddress, InstanceReader> owners = new HashMap<>();
        for (InstanceReader instance : instances) {
            for (int i = 0; i < instance.addresses().size(); i++) {
                IpAddress address = instance.addresses().get(i).address();
                InstanceReader owner = owners.putIfAbsent(address, instance);
                if (owner != null && owner != instance) {
                    findings.warning(
                            instance.addressLine(i),
                            "the address "
                                    + address
                                    + " is also that of vrrp_instance '"
                                    + owner.name()
                                    + "'; one that releases it takes it from the other");
                }
            }
        }
    }

    private List<VrrpScript> trackedScripts() {
        Set<String> tracked = new HashSet<>();
        instances.forEach(
                instance ->
                        instance.trackedScripts().forEach(script -> tracked.add(script.name())));
        List<VrrpScript> built = new ArrayList<>();
        for (ScriptReader reader : scripts.values()) {
            VrrpScript script = reader.script();
            if (!tracked.contains(reader.name())) {
                findings.warning(
                        reader.line(),
                        "vrrp_script '"
                                + reader.name()
                                + "' is tracked by no vrrp_instance and never runs");
            } else if (script != null) {
                built.add(script);
            }
        }
        return built;
    }

    private final class TopReader extends BlockReader {
        TopReader() {
            super(Vocabularies.TOP, findings);
        }

        @Override
        void read(Statement statement) {
            switch (statement.name()) {
                case "global_defs" -> global.walk(statement.block());
                case "vrrp_script" -> readScript(statement);
                case "vrrp_instance" -> instances.add(new InstanceReader(statement, findings));
                default -> throw new IllegalStateException("no reader for " + statement.name());
            }
        }

        private void readScript(Statement statement) {
            ScriptReader script = new ScriptReader(statement, findings);
            if (script.name().isBlank()) {
                return;
            }
            ScriptReader namesake = scripts.putIfAbsent(script.name(), script);
            if (namesake != null) {
                findings.error(
                        statement.line(),
                        "vrrp_script '"
                                + script.name()
                                + "' is defined on line "
                                + namesake.line()
                                + " already; give this one another name");
            }
        }
    }
}
