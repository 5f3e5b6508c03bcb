package io.evenkeel.lb.haproxy;

import io.evenkeel.lb.InitialState;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Reads the words of a server line about its agent, the server that it tracks, and what follows when it goes down or comes up. */
final class ServerHealthWords {
    private static final Map<String, InitialState> INITIAL_STATES =
            Map.of(
                    "up", InitialState.UP,
                    "down", InitialState.DOWN,
                    "fully-up", InitialState.FULLY_UP,
                    "fully-down", InitialState.FULLY_DOWN,
                    "none", InitialState.UNKNOWN);

    private ServerHealthWords() {}

    /** Whether the word was one of these. */
    static boolean read(Words words, String name, ServerSettings settings) {
        switch (name) {
            case "agent-check" -> settings.agentCheck = true;
            case "no-agent-check" -> settings.agentCheck = false;
            case "agent-addr" -> {
                String host = words.argument(name, "an address");
                if (host != null) {
                    settings.agentHost = Addresses.host(words, "'agent-addr'", host, false);
                }
            }
            case "agent-port" -> {
                Integer port = words.integer(name, 0, 65535);
                settings.agentPort = port == null ? settings.agentPort : port;
                settings.agentPortRefused |= port == null;
            }
            case "agent-inter" -> {
                Duration inter = words.time(name, false);
                settings.agentInter = inter == null ? settings.agentInter : inter;
            }
            case "agent-send" -> {
                String text = words.argument(name, "a text");
                if (text != null && text.chars().anyMatch(c -> c >= 0x80)) {
                    words.refuse("'agent-send' holds a character that is not ASCII; write ASCII");
                } else if (text != null) {
                    settings.agentSend = text;
                }
            }
            case "track" -> {
                String tracked = words.argument(name, "a server, or BACKEND/SERVER");
                settings.tracked = tracked == null ? settings.tracked : tracked;
            }
            case "on-marked-down" ->
                    settings.resetSessionsWhenDown |=
                            words.choice(name, List.of("shutdown-sessions")) != null;
            case "on-marked-up" ->
                    settings.resetBackupSessionsWhenUp |=
                            words.choice(name, List.of("shutdown-backup-sessions")) != null;
            case "init-state" -> {
                String state =
                        words.choice(name, List.of("up", "down", "fully-up", "fully-down", "none"));
                settings.initialState =
                        INITIAL_STATES.getOrDefault(String.valueOf(state), settings.initialState);
            }
            default -> {
                return false;
            }
        }
        return true;
    }
}
