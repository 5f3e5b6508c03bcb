package io.evenkeel.vrrp.netlink;

import io.evenkeel.vrrp.netlink.HostFinding.Severity;
import java.util.Comparator;
import java.util.List;

/**
 * What {@link HostInspection} found on this host and its LANs.
 *
 * @param findings in the order in which it was looked at
 */
public record HostReport(List<HostFinding> findings) {
    /** Keeps a copy of the list. */
    public HostReport {
        findings = List.copyOf(findings);
    }

    /** The severity of the worst finding; {@code OK} if there is none. */
    public Severity worst() {
        return findings.stream()
                .map(HostFinding::severity)
                .max(Comparator.naturalOrder())
                .orElse(Severity.OK);
    }

    /** How many findings are of this severity. */
    public long count(Severity severity) {
        return findings.stream().filter(finding -> finding.severity() == severity).count();
    }
}
