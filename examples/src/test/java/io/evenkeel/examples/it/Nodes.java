package io.evenkeel.examples.it;

import io.evenkeel.examples.lab.LabHost;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The kind of node that a scenario without peers of another kind is played with: Evenkeel, or with
 * {@code -Devenkeel.it.node=keepalived} stock keepalived and HAProxy, to see what they do in it.
 */
final class Nodes {
    private Nodes() {}

    static boolean areEvenkeel() {
        return !"keepalived".equals(System.getProperty("evenkeel.it.node"));
    }

    static Node ofChosenKind(LabHost host, String keepalivedConf, @Nullable String haproxyCfg) {
        return ofChosenKind(host, keepalivedConf, haproxyCfg, List.of());
    }

    /**
     * @param wrapper comes before the program's own command line, and must exec what follows it
     */
    static Node ofChosenKind(
            LabHost host,
            String keepalivedConf,
            @Nullable String haproxyCfg,
            List<String> wrapper) {
        return areEvenkeel()
                ? new EvenkeelNode(host, keepalivedConf, haproxyCfg, wrapper)
                : new StockNode(host, keepalivedConf, haproxyCfg, wrapper);
    }
}
