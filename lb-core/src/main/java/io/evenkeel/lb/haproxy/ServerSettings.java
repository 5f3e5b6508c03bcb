package io.evenkeel.lb.haproxy;

import io.evenkeel.lb.ConnectConfig;
import io.evenkeel.lb.InitialState;
import io.evenkeel.lb.Observation;
import io.evenkeel.lb.SocketBuffers;
import io.evenkeel.lb.SourceConfig;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What server lines say and {@code default-server} lines prepare. */
final class ServerSettings {
    int weight = 1;

    /** 0: not given. */
    int id;

    boolean backup;
    boolean disabled;
    int maxConnections;
    int minConnections;
    int maxQueue;
    Duration slowStart = Duration.ZERO;
    boolean sticky = true;
    boolean check;
    Duration inter = Duration.ofSeconds(2);
    @Nullable Duration fastInter;
    @Nullable Duration downInter;
    int rise = 2;
    int fall = 3;
    @Nullable String checkHost;
    int checkPort;
    @Nullable Boolean checkTls;
    ServerTlsWords tls = new ServerTlsWords();
    @Nullable String sni;
    @Nullable Boolean verify;
    @Nullable String caFile;
    ResolveWords.Said resolution = ResolveWords.Said.NOTHING;
    boolean observed;
    int errorLimit = Observation.DEFAULT_ERROR_LIMIT;
    Observation.Action onError = Observation.Action.FAIL_CHECK;
    InitialState initialState = InitialState.UNKNOWN;
    boolean agentCheck;
    @Nullable String agentHost;

    /** 0: not given. */
    int agentPort;

    boolean agentPortRefused;
    Duration agentInter = Duration.ofSeconds(2);
    String agentSend = "";
    @Nullable String tracked;
    boolean resetSessionsWhenDown;
    boolean resetBackupSessionsWhenUp;
    final Set<ProxyHeaderWords.Part> proxyHeader = EnumSet.noneOf(ProxyHeaderWords.Part.class);
    boolean checkProxyHeader;
    Duration userTimeout = Duration.ZERO;

    /** Whether the line says a source, of which null is what the system chooses. */
    boolean sourceGiven;

    @Nullable SourceConfig source;

    /** How connections to the server are made. */
    ConnectConfig connect(SocketSettings section, SocketBuffers buffers) {
        return ConnectConfig.builder()
                .source(sourceGiven ? source : section.source)
                .keepAlive(section.serverKeepAlive())
                .userTimeout(userTimeout)
                .buffers(buffers)
                .build();
    }

    /** Whether checks speak TLS: as connections do where they go to the same place. */
    boolean checksTls() {
        return checkTls == null ? tls.isOn() && checkHost == null && checkPort == 0 : checkTls;
    }

    /** Whether certificates are looked at. */
    boolean verifies(boolean byDefault) {
        return verify == null ? byDefault : verify;
    }

    ServerSettings copy() {
        ServerSettings copy = new ServerSettings();
        copy.weight = weight;
        copy.id = id;
        copy.backup = backup;
        copy.disabled = disabled;
        copy.maxConnections = maxConnections;
        copy.minConnections = minConnections;
        copy.maxQueue = maxQueue;
        copy.slowStart = slowStart;
        copy.sticky = sticky;
        copy.check = check;
        copy.inter = inter;
        copy.fastInter = fastInter;
        copy.downInter = downInter;
        copy.rise = rise;
        copy.fall = fall;
        copy.checkHost = checkHost;
        copy.checkPort = checkPort;
        copy.checkTls = checkTls;
        copy.tls = tls.copy();
        copy.sni = sni;
        copy.verify = verify;
        copy.caFile = caFile;
        copy.resolution = resolution;
        copy.observed = observed;
        copy.errorLimit = errorLimit;
        copy.onError = onError;
        copy.initialState = initialState;
        copy.agentCheck = agentCheck;
        copy.agentHost = agentHost;
        copy.agentPort = agentPort;
        copy.agentPortRefused = agentPortRefused;
        copy.agentInter = agentInter;
        copy.agentSend = agentSend;
        copy.tracked = tracked;
        copy.resetSessionsWhenDown = resetSessionsWhenDown;
        copy.resetBackupSessionsWhenUp = resetBackupSessionsWhenUp;
        copy.proxyHeader.addAll(proxyHeader);
        copy.checkProxyHeader = checkProxyHeader;
        copy.userTimeout = userTimeout;
        copy.sourceGiven = sourceGiven;
        copy.source = source;
        return copy;
    }
}
