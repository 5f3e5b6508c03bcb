package io.evenkeel.examples.log;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.TimeZone;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;

/** {@code TIME LEVEL NAME - MESSAGE} on standard error, where the name is what follows the last dot. Thread safe. */
final class LineLogger extends LegacyAbstractLogger {
    private static final long serialVersionUID = 1L;

    private final int level;
    private final String shortName;

    LineLogger(String name, Level level) {
        this.name = name;
        this.level = level.toInt();
        this.shortName = name.substring(name.lastIndexOf('.') + 1);
    }

    @Override
    public boolean isTraceEnabled() {
        return speaks(Level.TRACE);
    }

    @Override
    public boolean isDebugEnabled() {
        return speaks(Level.DEBUG);
    }

    @Override
    public boolean isInfoEnabled() {
        return speaks(Level.INFO);
    }

    @Override
    public boolean isWarnEnabled() {
        return speaks(Level.WARN);
    }

    @Override
    public boolean isErrorEnabled() {
        return speaks(Level.ERROR);
    }

    private boolean speaks(Level of) {
        return of.toInt() >= level;
    }

    @Override
    protected @Nullable String getFullyQualifiedCallerName() {
        return null;
    }

    /** In one piece, so that threads do not write into each other's lines. */
    @Override
    protected void handleNormalizedLoggingCall(
            Level of,
            @Nullable Marker marker,
            String pattern,
            @Nullable Object @Nullable [] arguments,
            @Nullable Throwable failure) {
        long millis = System.currentTimeMillis();
        StringBuilder line = new StringBuilder(160);
        LogTime.append(line, millis, TimeZone.getDefault().getOffset(millis));
        line.append(' ').append(of).append(' ').append(shortName).append(" - ");
        line.append(MessageFormatter.basicArrayFormat(pattern, arguments));
        if (failure != null) {
            StringWriter trace = new StringWriter();
            failure.printStackTrace(new PrintWriter(trace, true));
            line.append(System.lineSeparator()).append(trace.toString().stripTrailing());
        }
        System.err.println(line);
    }
}
