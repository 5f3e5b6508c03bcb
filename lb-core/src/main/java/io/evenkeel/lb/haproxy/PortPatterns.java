package io.evenkeel.lb.haproxy;

import io.evenkeel.lb.Condition;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the patterns of ports: numbers, ranges such as {@code 8000:8080}, {@code gt 1023}. */
final class PortPatterns {
    private static final int HIGHEST = 65_535;
    private static final Pattern RANGE = Pattern.compile("([0-9]{0,5}):([0-9]{0,5})");
    private static final List<String> OPERATORS = List.of("eq", "ge", "gt", "le", "lt");

    private PortPatterns() {}

    /** Any of them, or null after a report. */
    static @Nullable Condition read(Words words, String fetch, List<String> patterns) {
        List<Condition> ranges = new ArrayList<>();
        String operator = "eq";
        boolean dangling = true;
        for (String pattern : patterns) {
            if (OPERATORS.contains(pattern)) {
                operator = pattern;
                dangling = true;
                continue;
            }
            dangling = false;
            Matcher range = RANGE.matcher(pattern);
            boolean number = pattern.matches("[0-9]{1,5}");
            if (!number && (!range.matches() || !operator.equals("eq"))) {
                words.refuse(
                        "'"
                                + fetch
                                + "' cannot be "
                                + Report.quote(pattern)
                                + "; write a port such as 80, a range such as 8000:8080, or eq,"
                                + " ge, gt, le or lt and a port");
                return null;
            }
            int least = number ? Integer.parseInt(pattern) : bound(range.group(1), 0);
            int most = number ? least : bound(range.group(2), HIGHEST);
            if (number) {
                switch (operator) {
                    case "ge" -> most = HIGHEST;
                    case "gt" -> {
                        least++;
                        most = HIGHEST;
                    }
                    case "le" -> least = 0;
                    case "lt" -> {
                        most--;
                        least = 0;
                    }
                    default -> {}
                }
            }
            if (least <= most) {
                ranges.add(
                        fetch.equals("src_port")
                                ? Condition.sourcePort(least, most)
                                : Condition.destinationPort(least, most));
            } else if (!number) {
                words.refuse(
                        "the range "
                                + Report.quote(pattern)
                                + " ends before it starts; write the lower port first");
                return null;
            }
        }
        if (dangling) {
            words.refuse("'" + fetch + "' needs a port after '" + operator + "'");
            return null;
        }
        return Condition.any(ranges);
    }

    private static int bound(String text, int open) {
        return text.isEmpty() ? open : Integer.parseInt(text);
    }
}
