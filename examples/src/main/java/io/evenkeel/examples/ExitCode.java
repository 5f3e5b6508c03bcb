package io.evenkeel.examples;

/** What the command's exit codes mean. They are part of its contract with scripts and service managers. */
public final class ExitCode {
    /** What was asked for was done. */
    public static final int DONE = 0;

    /** A configuration file is wrong; nothing was changed on the host. */
    public static final int CONFIGURATION = 1;

    /** The command line is wrong. */
    public static final int USAGE = 2;

    /** The host refuses: a capability, an interface or a port is missing or taken. */
    public static final int HOST = 3;

    private ExitCode() {}
}
