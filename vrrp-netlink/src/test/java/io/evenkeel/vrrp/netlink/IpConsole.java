package io.evenkeel.vrrp.netlink;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.util.List;

/** An {@code ip} that is kept running in a namespace, so that looking at a table often costs no process each time. */
final class IpConsole implements AutoCloseable {
    // What ip says to this and to nothing else that is asked here marks the end of an answer.
    private static final String LAST_COMMAND = "route get 127.0.0.1";
    private static final String LAST_ANSWER = "local 127.0.0.1 dev lo";

    private final Process process;
    private final Writer commands;
    private final BufferedReader answers;

    IpConsole(Namespace host) throws Exception {
        process = host.start(List.of("ip", "-force", "-batch", "-"));
        commands = process.outputWriter();
        answers = process.inputReader();
    }

    /** Runs one command; returns what it printed. */
    synchronized String ask(String command) throws IOException {
        commands.write(command + "\n" + LAST_COMMAND + "\n");
        commands.flush();
        StringBuilder answer = new StringBuilder();
        String line = next();
        while (!line.startsWith(LAST_ANSWER)) {
            answer.append(line).append('\n');
            line = next();
        }
        // Its second line.
        next();
        return answer.toString();
    }

    private String next() throws IOException {
        String line = answers.readLine();
        if (line == null) {
            throw new IOException("ip -batch has ended");
        }
        return line;
    }

    @Override
    public void close() {
        process.destroy();
    }
}
