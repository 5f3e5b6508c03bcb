package io.evenkeel.lb.haproxy;

import io.evenkeel.lb.Condition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads {@code if ...} and {@code unless ...}: ACLs side by side are and-ed, {@code or} binds less, {@code !} negates. */
final class ConditionParser {
    private final Words words;
    private final Map<String, List<Condition>> acls;
    private final Function<String, @Nullable String> files;
    private boolean broken;

    ConditionParser(
            Words words,
            Map<String, List<Condition>> acls,
            Function<String, @Nullable String> files) {
        this.words = words;
        this.acls = acls;
        this.files = files;
    }

    /** The condition at the end of the line; always if there is none; null after a report. */
    @Nullable Supplier<Condition> optional(String of) {
        if (!words.hasNext()) {
            return Condition::always;
        }
        String word = words.next();
        if (!word.equals("if") && !word.equals("unless")) {
            words.refuse(
                    "'if' or 'unless' and a condition may follow here after '"
                            + of
                            + "', but "
                            + Report.quote(word)
                            + " does");
            words.skipRest();
            return null;
        }
        Supplier<Condition> condition = disjunction(word);
        if (condition == null) {
            words.skipRest();
            return null;
        }
        return word.equals("if") ? condition : () -> condition.get().not();
    }

    private @Nullable Supplier<Condition> disjunction(String of) {
        List<List<Supplier<Condition>>> alternatives = new ArrayList<>();
        List<Supplier<Condition>> current = new ArrayList<>();
        String last = of;
        while (words.hasNext()) {
            String word = words.next();
            if (word.equals("or") || word.equals("||")) {
                if (current.isEmpty()) {
                    break;
                }
                alternatives.add(current);
                current = new ArrayList<>();
            } else {
                Supplier<Condition> term = term(word);
                if (term != null) {
                    current.add(term);
                } else if (broken) {
                    return null;
                }
            }
            last = word;
        }
        if (current.isEmpty()) {
            words.refuse(
                    "a condition is missing after "
                            + Report.quote(last)
                            + "; write the name of an ACL or { ... }");
            return null;
        }
        alternatives.add(current);
        return () ->
                Condition.any(
                        alternatives.stream()
                                .map(
                                        terms ->
                                                Condition.all(
                                                        terms.stream().map(Supplier::get).toList()))
                                .toList());
    }

    private @Nullable Supplier<Condition> term(String first) {
        boolean negated = false;
        String word = first;
        while (word.startsWith("!")) {
            negated = !negated;
            word = word.substring(1);
            if (word.isEmpty() && words.hasNext()) {
                word = words.next();
            }
        }
        Supplier<Condition> term = word.equals("{") ? anonymous() : named(word);
        if (term == null) {
            broken = true;
            return null;
        }
        return negated ? () -> term.get().not() : term;
    }

    private @Nullable Supplier<Condition> anonymous() {
        List<String> inside = new ArrayList<>();
        while (!words.peek().equals("}")) {
            if (!words.hasNext()) {
                words.refuse("the { is not closed; write a } between spaces after its patterns");
                return null;
            }
            inside.add(words.next());
        }
        words.next();
        return criterion(inside);
    }

    private @Nullable Supplier<Condition> named(String name) {
        List<Condition> lines = acls.get(name);
        if (lines != null) {
            return () -> Condition.any(lines);
        }
        List<String> predefined = PredefinedAcls.criterion(name);
        if (predefined != null) {
            return criterion(predefined);
        }
        List<String> names = new ArrayList<>(acls.keySet());
        names.addAll(PredefinedAcls.names());
        if (name.isEmpty()) {
            words.refuse("an ACL is missing after '!'");
        } else if (name.startsWith("{")) {
            words.refuse("a space belongs after the { in " + Report.quote(name));
        } else {
            words.refuse(
                    "there is no ACL "
                            + Report.quote(name)
                            + " above this line"
                            + Nearest.hint(name, names));
        }
        return null;
    }

    private @Nullable Supplier<Condition> criterion(List<String> inside) {
        Condition condition = new AclExpression(words, inside, files).condition();
        return condition == null ? null : () -> condition;
    }
}
