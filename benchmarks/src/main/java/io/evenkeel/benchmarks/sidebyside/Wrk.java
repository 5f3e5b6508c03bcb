package io.evenkeel.benchmarks.sidebyside;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What wrk found.
 *
 * @param requests that were answered
 * @param perSecond of them
 */
record Wrk(long requests, double perSecond) {
    private static final Pattern REQUESTS = Pattern.compile("(?m)^\\s*(\\d+) requests in ");
    private static final Pattern RATE = Pattern.compile("(?m)^Requests/sec:\\s+([0-9.]+)");
    private static final Pattern ERRORS =
            Pattern.compile("(?m)^\\s*((?:Socket errors|Non-2xx or 3xx responses): .*)$");

    /**
     * Requests as many as it can.
     *
     * @param options more of them, such as {@code -H}
     * @throws SideBySideException if a request failed: what does less is faster
     */
    static Wrk run(String url, int connections, int seconds, String... options) {
        List<String> command =
                new ArrayList<>(List.of("wrk", "-t1", "-c" + connections, "-d" + seconds + "s"));
        command.addAll(List.of(options));
        command.add(url);
        return parse(Command.output(command, seconds + 20));
    }

    /** Reads what it prints. */
    static Wrk parse(String output) {
        Matcher errors = ERRORS.matcher(output);
        if (errors.find()) {
            throw new SideBySideException("wrk saw errors: " + errors.group(1));
        }
        Matcher requests = REQUESTS.matcher(output);
        Matcher rate = RATE.matcher(output);
        if (!requests.find() || !rate.find() || Long.parseLong(requests.group(1)) == 0) {
            throw new SideBySideException("wrk had no answers: " + output.strip());
        }
        return new Wrk(Long.parseLong(requests.group(1)), Double.parseDouble(rate.group(1)));
    }
}
