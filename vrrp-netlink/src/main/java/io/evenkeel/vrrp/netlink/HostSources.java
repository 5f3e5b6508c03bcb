package io.evenkeel.vrrp.netlink;

import io.evenkeel.vrrp.InterfaceDelays;
import io.evenkeel.vrrp.TrackedFile;
import io.evenkeel.vrrp.TrackedInterface;
import io.evenkeel.vrrp.TrackedProcess;
import io.evenkeel.vrrp.VrrpScript;
import java.util.ArrayList;
import java.util.List;

/** What of the host feeds the trackers of a service. */
record HostSources(
        List<VrrpScript> scripts,
        List<TrackedFile> files,
        List<TrackedProcess> processes,
        List<TrackedInterface> interfaces,
        List<TrackedSupplier> suppliers,
        List<InterfaceDelays> delays,
        ScriptUsers users) {
    HostSources {
        scripts = List.copyOf(scripts);
        files = List.copyOf(files);
        processes = List.copyOf(processes);
        interfaces = List.copyOf(interfaces);
        suppliers = List.copyOf(suppliers);
        delays = List.copyOf(delays);
    }

    HostSources(VrrpServiceBuilder builder) {
        this(
                builder.scripts,
                builder.files,
                builder.processes,
                builder.interfaces,
                builder.suppliers,
                builder.delays,
                new ScriptUsers(builder.scriptSecurity));
    }

    /** Those that have to be looked at again and again. */
    List<PolledSource> polled(ScriptRunner.Report health, FileSource.Report numbers) {
        List<PolledSource> polled = new ArrayList<>();
        files.forEach(file -> polled.add(new FileSource(file, numbers)));
        ProcessTable table = ProcessTable.ofThisHost();
        processes.forEach(process -> polled.add(new ProcessSource(process, table, health)));
        suppliers.forEach(each -> polled.add(new SupplierSource(each, health, numbers)));
        return polled;
    }
}
