package io.evenkeel.examples;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code evenkeel check}: says every problem in the files, without touching the host. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        description =
                "Reads the files and prints every problem as FILE:LINE: problem; changes nothing.")
final class CheckCommand implements Callable<Integer> {
    @Mixin private ConfigOptions options;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() {
        ConfigFiles files = options.read();
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        files.warnings().forEach(warning -> err.println("warning: " + warning));
        files.problems().forEach(err::println);
        err.flush();
        if (!files.problems().isEmpty()) {
            return ExitCode.CONFIGURATION;
        }
        String summary = Summary.of(files);
        if (summary.isEmpty()) {
            err.println("warning: " + Summary.NOTHING);
            err.flush();
        } else {
            out.println(summary);
            out.flush();
        }
        return ExitCode.DONE;
    }
}
