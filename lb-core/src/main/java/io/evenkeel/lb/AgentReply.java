package io.evenkeel.lb;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What an agent says of its server in one line: words in any order and any case, apart by spaces, tabs or commas, of each kind the
 * last one counts; what follows a {@code #} is for people.
 *
 * <table>
 * <caption>Words</caption>
 * <tr><td>{@code up}</td><td>the server is well, as far as the agent knows; its checks must pass too</td></tr>
 * <tr><td>{@code down}, {@code failed}, {@code fail}, {@code stopped}</td><td>it is not, whatever its checks say</td></tr>
 * <tr><td>{@code ready}, {@code drain}, {@code maint}</td><td>what {@link Backend#setAdminState} does</td></tr>
 * <tr><td>{@code 75%}</td><td>the weight, as a part of the configured one</td></tr>
 * <tr><td>{@code maxconn:30}</td><td>the limit of connections; 0 for none</td></tr>
 * </table>
 *
 * @param running whether the server runs, or null if that was not said
 * @param adminState null if not said
 * @param weightPercent -1 if not said
 * @param maxConnections -1 if not said
 * @param description what was said for people, may be empty
 * @param problem the first word that was not understood, or null
 */
public record AgentReply(
        @Nullable Boolean running,
        @Nullable AdminState adminState,
        int weightPercent,
        int maxConnections,
        String description,
        @Nullable String problem) {
    private static final int LONGEST_NUMBER = 9;

    /**
     * Reads a line.
     *
     * @param line up to the first CR or LF, which need not be there
     */
    public static AgentReply parse(String line) {
        int end = 0;
        while (end < line.length() && line.charAt(end) != '\r' && line.charAt(end) != '\n') {
            end++;
        }
        return new Parser(line.substring(0, end)).reply();
    }

    /** The weight of a server that was configured with this one: of a part above 0 % at least 1, so that it is no drain. */
    int weight(int configured) {
        long share = (long) configured * weightPercent / 100;
        long least = configured > 0 && weightPercent > 0 ? 1 : 0;
        return (int) Math.max(least, Math.min(share, ServerConfig.MAX_WEIGHT));
    }

    /** Puts it into effect, in HAProxy's order: what people decide, the share, the limit, the health. */
    void applyTo(Backend backend, Server server, long nowNanos) {
        if (adminState != null) {
            backend.setAdminState(server, adminState, nowNanos);
        }
        if (weightPercent >= 0) {
            backend.setWeight(server, weight(server.config().weight()), nowNanos);
        }
        if (maxConnections >= 0) {
            backend.setMaxConnections(server, maxConnections, nowNanos);
        }
        if (running != null) {
            backend.setAgentDown(server, !running, cause(), nowNanos);
        }
    }

    private String cause() {
        String said = Boolean.TRUE.equals(running) ? "the agent says up" : "the agent says down";
        return description.isEmpty() ? said : said + ": " + description;
    }

    private static final class Parser {
        private final String line;
        private int at;
        private @Nullable Boolean running;
        private @Nullable AdminState adminState;
        private int weightPercent = -1;
        private int maxConnections = -1;
        private @Nullable String problem;

        Parser(String line) {
            this.line = line;
        }

        AgentReply reply() {
            String description = "";
            while (at < line.length()) {
                char c = line.charAt(at);
                if (c == '#') {
                    description = line.substring(at + 1).strip();
                    break;
                } else if (isSeparator(c)) {
                    at++;
                } else {
                    word();
                }
            }
            return new AgentReply(
                    running, adminState, weightPercent, maxConnections, description, problem);
        }

        private void word() {
            int start = at;
            while (at < line.length() && !isSeparator(line.charAt(at))) {
                at++;
            }
            String word = line.substring(start, at);
            String lower = word.toLowerCase(Locale.ROOT);
            switch (lower) {
                case "up" -> running = true;
                case "down", "failed", "fail", "stopped" -> running = false;
                case "ready" -> adminState = AdminState.READY;
                case "drain" -> adminState = AdminState.DRAIN;
                case "maint" -> adminState = AdminState.MAINTENANCE;
                default -> {
                    int number = -1;
                    if (lower.endsWith("%")) {
                        number = number(lower.substring(0, lower.length() - 1));
                        weightPercent = number < 0 ? weightPercent : number;
                    } else if (lower.startsWith("maxconn:")) {
                        number = number(lower.substring("maxconn:".length()));
                        maxConnections = number < 0 ? maxConnections : number;
                    }
                    if (number < 0 && problem == null) {
                        problem = CheckText.quote(word);
                    }
                }
            }
        }

        /** A whole number, or -1 if it is none. */
        private static int number(String digits) {
            return digits.length() <= LONGEST_NUMBER
                            && !digits.isEmpty()
                            && digits.chars().allMatch(c -> c >= '0' && c <= '9')
                    ? Integer.parseInt(digits)
                    : -1;
        }

        private static boolean isSeparator(char c) {
            return c == ' ' || c == '\t' || c == ',';
        }
    }
}
