package io.evenkeel.vrrp.netlink;

import io.evenkeel.vrrp.netlink.HostFinding.Severity;
import java.util.ArrayList;
import java.util.List;

/** Collects what the parts of an inspection find. */
final class Findings {
    private final List<HostFinding> findings = new ArrayList<>();

    void ok(String subject, String sentence) {
        add(Severity.OK, subject, sentence);
    }

    void note(String subject, String sentence) {
        add(Severity.NOTE, subject, sentence);
    }

    void warning(String subject, String sentence) {
        add(Severity.WARNING, subject, sentence);
    }

    void error(String subject, String sentence) {
        add(Severity.ERROR, subject, sentence);
    }

    void add(Severity severity, String subject, String sentence) {
        findings.add(new HostFinding(severity, subject, sentence));
    }

    /** Whether anything worse than OK was said of the subject. */
    boolean isClean(String subject) {
        return findings.stream()
                .noneMatch(f -> f.subject().equals(subject) && f.severity() != Severity.OK);
    }

    HostReport report() {
        return new HostReport(findings);
    }
}
