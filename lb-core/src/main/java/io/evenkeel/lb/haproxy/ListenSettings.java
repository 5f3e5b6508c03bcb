package io.evenkeel.lb.haproxy;

import io.evenkeel.lb.BindAddress;
import io.evenkeel.lb.FrontendConfig;
import io.evenkeel.lb.ListenConfig;
import io.evenkeel.lb.SocketBuffers;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What a bind line says of its sockets, and reads it. */
final class ListenSettings {
    /** 0: not given. */
    private int backlog;

    private boolean deferAccept;
    private boolean fastOpen;
    private int maxSegmentBytes;
    private @Nullable String device;
    private boolean ipv6Only;
    private boolean transparent;
    private Duration userTimeout = Duration.ZERO;

    /** Whether the word was one of these. */
    boolean read(Words words, String name) {
        switch (name) {
            case "backlog" -> backlog = number(words, name, Integer.MAX_VALUE);
            case "mss" -> maxSegmentBytes = segment(words, name);
            case "interface" -> {
                String given = words.argument(name, "the name of an interface");
                device = given == null ? device : given;
            }
            case "tcp-ut" -> {
                Duration time = words.time(name, true);
                userTimeout = time == null ? userTimeout : time;
            }
            case "defer-accept" -> deferAccept = true;
            case "tfo" -> fastOpen = true;
            case "transparent" -> transparent = true;
            case "v6only" -> ipv6Only = true;
            case "v4v6" -> ipv6Only = false;
            default -> {
                return false;
            }
        }
        return true;
    }

    private static int number(Words words, String name, int most) {
        Integer value = words.integer(name, 0, most);
        return value == null ? 0 : value;
    }

    private static int segment(Words words, String name) {
        if (!words.peek().startsWith("-")) {
            return number(words, name, 65_535);
        }
        words.refuse(
                "'mss' "
                        + Report.quote(words.next())
                        + " is less than that of the route by so much, which is not known; write"
                        + " the size itself");
        return 0;
    }

    /** Finds what is wrong with how an address is to be listened on. */
    static void check(Report report, ProxyDraft draft, ProxyDraft.Bind bind) {
        config(report, draft, bind, SocketBuffers.OF_CLIENTS);
    }

    /** Says how an address is listened on. */
    static void give(
            Report report,
            ProxyDraft draft,
            ProxyDraft.Bind bind,
            SocketBuffers buffers,
            FrontendConfig.Builder frontend) {
        ListenConfig config = config(report, draft, bind, buffers);
        if (config != null) {
            frontend.listenConfig(bind.address(), config);
        }
    }

    private static @Nullable ListenConfig config(
            Report report, ProxyDraft draft, ProxyDraft.Bind bind, SocketBuffers buffers) {
        return of(draft, bind)
                .config(report, bind.line(), bind.address(), draft.settings.sockets, buffers);
    }

    private static ListenSettings of(ProxyDraft draft, ProxyDraft.Bind bind) {
        return draft.listens.getOrDefault(bind.line(), new ListenSettings());
    }

    private @Nullable ListenConfig config(
            Report report,
            int line,
            BindAddress bind,
            SocketSettings section,
            SocketBuffers buffers) {
        int most = backlog > 0 ? backlog : section.backlog;
        return report.orRefuse(
                line,
                () -> {
                    ListenConfig.Builder config =
                            ListenConfig.builder()
                                    .deferAccept(deferAccept)
                                    .fastOpen(fastOpen)
                                    .maxSegmentBytes(maxSegmentBytes)
                                    .device(device)
                                    // Other addresses of IPv6 take no IPv4 anyway.
                                    .ipv6Only(ipv6Only && bind.host().equals("::"))
                                    .transparent(transparent)
                                    .userTimeout(userTimeout)
                                    .keepAlive(section.clientKeepAlive())
                                    .buffers(buffers);
                    return most > 0 ? config.backlog(most).build() : config.build();
                });
    }
}
