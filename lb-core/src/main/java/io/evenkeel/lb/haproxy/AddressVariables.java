package io.evenkeel.lb.haproxy;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Variables in addresses, which HAProxy expands outside of quotes as well: {@code *:$PORT}. */
final class AddressVariables {
    private static final Pattern VARIABLE =
            Pattern.compile("\\$(?:([A-Za-z_][A-Za-z0-9_]*)|[{]([A-Za-z_][A-Za-z0-9_]*)[}])");

    private AddressVariables() {}

    /** The address with the values of its variables, or null after a refusal. */
    static @Nullable String expand(Words words, String address) {
        if (address.indexOf('$') < 0) {
            return address;
        }
        StringBuilder expanded = new StringBuilder();
        Matcher variables = VARIABLE.matcher(address);
        while (variables.find()) {
            String name = variables.group(1) == null ? variables.group(2) : variables.group(1);
            String value = words.environment().get(name);
            if (value == null) {
                words.refuse(
                        "the environment variable "
                                + name
                                + " is not set; set it or write \"${"
                                + name
                                + "-default}\"");
                return null;
            }
            variables.appendReplacement(expanded, Matcher.quoteReplacement(value));
        }
        variables.appendTail(expanded);
        if (expanded.indexOf("$") >= 0) {
            words.refuse(
                    Report.quote(address)
                            + " has a $ that no variable follows; write $NAME, or"
                            + " \"${NAME-default}\" in double quotes");
            return null;
        }
        return expanded.toString();
    }
}
