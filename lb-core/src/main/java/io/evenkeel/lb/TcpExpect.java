package io.evenkeel.lb;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * Waits for bytes and looks at them ({@code tcp-check expect}).
 *
 * <p>It looks at all that was received since the last connect or send, also for the expectations that follow it directly. As long as
 * there is no match, the server may say more; it is over when the server closes, when {@link TcpCheck#maxReceivedBytes()} are there or
 * when the time is up. An expectation that is {@linkplain #negated() negated} and has no {@link #minReceivedBytes()} therefore holds
 * only when the server has closed. All as in HAProxy, but for two things: a regular expression is Java's (with {@link
 * Pattern#UNIX_LINES}, so that lines end with a line feed only, as in PCRE), and bytes after a NUL are looked at too.
 */
public final class TcpExpect implements TcpCheckStep {
    /** Says that more is waited for until there is a match. */
    public static final int UNLIMITED_WAIT = -1;

    private static final int LONGEST_REGEX = 1000;
    private static final Set<CheckStatus> OK =
            Set.of(CheckStatus.L4OK, CheckStatus.L6OK, CheckStatus.L7OK, CheckStatus.L7OKC);
    private static final Set<CheckStatus> ERROR =
            Set.of(
                    CheckStatus.L4CON,
                    CheckStatus.L6RSP,
                    CheckStatus.L7RSP,
                    CheckStatus.L7STS,
                    CheckStatus.L7OKC);
    private static final Set<CheckStatus> TIMEOUT =
            Set.of(CheckStatus.L4TOUT, CheckStatus.L6TOUT, CheckStatus.L7TOUT);

    /** What is looked for. */
    public enum Match {
        /** A text, whose characters are one byte each. */
        STRING("string"),
        /** The same, given and shown in hexadecimal. */
        BINARY("binary"),
        /** A regular expression on the bytes as ISO-8859-1 text. */
        REGEX("rstring"),
        /** A regular expression on the bytes written in hexadecimal, in capitals. */
        BINARY_REGEX("rbinary");

        private final String keyword;

        Match(String keyword) {
            this.keyword = keyword;
        }

        /** The word of {@code haproxy.cfg}. */
        public String keyword() {
            return keyword;
        }

        boolean isRegex() {
            return this == REGEX || this == BINARY_REGEX;
        }
    }

    private final Match match;
    private final String wanted;
    private final @Nullable Pattern pattern;
    private final boolean negated;
    private final int minReceivedBytes;
    private final CheckStatus okStatus;
    private final CheckStatus errorStatus;
    private final CheckStatus timeoutStatus;
    private final @Nullable String comment;

    private TcpExpect(Builder builder, @Nullable Pattern pattern) {
        match = builder.match;
        wanted = builder.wanted;
        this.pattern = pattern;
        negated = builder.negated;
        minReceivedBytes = builder.minReceivedBytes;
        okStatus = builder.okStatus;
        errorStatus = builder.errorStatus;
        timeoutStatus = builder.timeoutStatus;
        comment = builder.comment;
    }

    /**
     * A builder.
     *
     * @param wanted a text whose characters are one byte each, or a regular expression
     */
    public static Builder builder(Match match, String wanted) {
        return new Builder(match, wanted);
    }

    /** What is looked for. */
    public Match match() {
        return match;
    }

    /** The text or the regular expression. */
    public String wanted() {
        return wanted;
    }

    /** The regular expression, or null for a text. */
    @Nullable Pattern pattern() {
        return pattern;
    }

    /** Whether it must not be there ({@code !}). */
    public boolean negated() {
        return negated;
    }

    /**
     * Fewer bytes are not looked at; from there on, no match is a failure at once ({@code min-recv}). {@link #UNLIMITED_WAIT}: more is
     * waited for until there is a match.
     */
    public int minReceivedBytes() {
        return minReceivedBytes;
    }

    /** How the check passes if this is its last step. */
    public CheckStatus okStatus() {
        return okStatus;
    }

    /** How the check ends if the answer is not as expected. */
    public CheckStatus errorStatus() {
        return errorStatus;
    }

    /** How the check ends if the answer does not come in time. */
    public CheckStatus timeoutStatus() {
        return timeoutStatus;
    }

    @Override
    public @Nullable String comment() {
        return comment;
    }

    @Override
    public String description() {
        return "expect " + (negated ? "! " : "") + match.keyword() + " " + CheckText.quote(wanted);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof TcpExpect that && fields().equals(that.fields());
    }

    @Override
    public int hashCode() {
        return fields().hashCode();
    }

    @Override
    public String toString() {
        return description();
    }

    private List<Object> fields() {
        return List.of(
                match,
                wanted,
                negated,
                minReceivedBytes,
                okStatus,
                errorStatus,
                timeoutStatus,
                Objects.requireNonNullElse(comment, ""));
    }

    /** Builds a {@link TcpExpect}. */
    public static final class Builder {
        private final Match match;
        private final String wanted;
        private boolean negated;
        private int minReceivedBytes = UNLIMITED_WAIT;
        private CheckStatus okStatus = CheckStatus.L7OK;
        private CheckStatus errorStatus = CheckStatus.L7RSP;
        private CheckStatus timeoutStatus = CheckStatus.L7TOUT;
        private @Nullable String comment;

        private Builder(Match match, String wanted) {
            this.match = Objects.requireNonNull(match, "match");
            this.wanted = Objects.requireNonNull(wanted, "wanted");
        }

        /** Whether it must not be there; false if not set. */
        public Builder negated(boolean value) {
            negated = value;
            return this;
        }

        /** 0 or more, or {@link #UNLIMITED_WAIT}, which it is if not set. */
        public Builder minReceivedBytes(int value) {
            minReceivedBytes = value;
            return this;
        }

        /** One of L4OK, L6OK, L7OKC and L7OK, which it is if not set. */
        public Builder okStatus(CheckStatus value) {
            okStatus = value;
            return this;
        }

        /** One of L4CON, L6RSP, L7STS, L7OKC and L7RSP, which it is if not set. */
        public Builder errorStatus(CheckStatus value) {
            errorStatus = value;
            return this;
        }

        /** One of L4TOUT, L6TOUT and L7TOUT, which it is if not set. */
        public Builder timeoutStatus(CheckStatus value) {
            timeoutStatus = value;
            return this;
        }

        /** See {@link TcpCheckStep#comment()}. */
        public Builder comment(@Nullable String value) {
            comment = value;
            return this;
        }

        /**
         * Checks everything.
         *
         * @throws InvalidConfigException with every problem
         */
        public TcpExpect build() {
            Problems problems = new Problems("expect");
            problems.atLeast("minReceivedBytes", minReceivedBytes, UNLIMITED_WAIT);
            status(problems, "okStatus", okStatus, OK);
            status(problems, "errorStatus", errorStatus, ERROR);
            status(problems, "timeoutStatus", timeoutStatus, TIMEOUT);
            if (wanted.isEmpty()) {
                problems.add(match.keyword(), "is empty, but there must be something to expect");
            }
            Pattern pattern = null;
            if (match.isRegex()) {
                pattern = compile(problems);
            } else {
                problems.bytes(match.keyword(), wanted);
            }
            problems.throwIfAny();
            return new TcpExpect(this, pattern);
        }

        private @Nullable Pattern compile(Problems problems) {
            if (wanted.length() > LONGEST_REGEX) {
                problems.add(
                        match.keyword(), "is longer than " + LONGEST_REGEX + "; look for less");
                return null;
            }
            try {
                return Pattern.compile(wanted, Pattern.UNIX_LINES);
            } catch (PatternSyntaxException malformed) {
                problems.add(
                        match.keyword(),
                        CheckText.quote(wanted)
                                + " is no regular expression of Java: "
                                + malformed.getDescription());
                return null;
            } catch (StackOverflowError tooDeep) {
                problems.add(match.keyword(), "is nested too deeply; look for less");
                return null;
            }
        }

        private static void status(
                Problems problems, String field, CheckStatus status, Set<CheckStatus> allowed) {
            if (!allowed.contains(status)) {
                problems.add(
                        field,
                        "is "
                                + status
                                + ", but must be one of "
                                + String.join(
                                        ", ", allowed.stream().map(Enum::name).sorted().toList()));
            }
        }
    }
}
