package io.evenkeel.examples;

import io.evenkeel.examples.demo.DemoCommand;
import io.evenkeel.examples.demo.DemoNodeCommand;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The {@code evenkeel} command. */
@Command(
        name = "evenkeel",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        subcommands = {
            RunCommand.class,
            CheckCommand.class,
            DemoCommand.class,
            DoctorCommand.class,
            ArchiveCommand.class,
            DemoNodeCommand.class
        },
        description = "keepalived and HAProxy's TCP mode inside a JVM.",
        footer = {
            "",
            "Exit codes: 0 done, 1 the configuration is wrong, 2 the command line is wrong,",
            "            3 the host refuses (the missing capability, interface or port is named)."
        })
public final class Evenkeel implements Runnable {
    @Spec private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "Say what to do: run, check, demo, doctor or archive.");
    }

    public static void main(String[] args) throws InterruptedException {
        System.exit(run(args));
    }

    private static int run(String[] args) throws InterruptedException {
        try {
            NodeProcess process = PlainRun.of(args);
            return process == null ? commandLine().execute(args) : run(process);
        } catch (OutOfMemoryError | StackOverflowError | LinkageError e) {
            // The JVM would say that the configuration is wrong: its own code for them is 1.
            return report(e, new PrintWriter(System.err, true));
        }
    }

    private static int run(NodeProcess process) throws InterruptedException {
        PrintWriter err = new PrintWriter(System.err, true);
        try {
            return process.run(err);
        } catch (RuntimeException e) {
            return report(e, err);
        }
    }

    static CommandLine commandLine() {
        CommandLine line = new CommandLine(new Evenkeel());
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setExecutionExceptionHandler(
                (failure, command, parsed) -> report(failure, command.getErr()));
        return line;
    }

    /** A failure that nobody foresaw is still a sentence; the trace is there for those who ask for it. */
    private static int report(Throwable failure, PrintWriter err) {
        err.println("evenkeel: " + failure);
        if (Boolean.getBoolean("evenkeel.trace")) {
            failure.printStackTrace(err);
        } else {
            err.println(
                    "evenkeel: run again with JAVA_OPTS=-Devenkeel.trace=true to see where this comes from");
        }
        err.flush();
        return ExitCode.HOST;
    }
}
