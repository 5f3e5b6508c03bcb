package io.evenkeel.vrrp.keepalived;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;

/**
 * Reads the lines of a file and of those that it includes: leaves out what is for other nodes, puts the values of variables
 * in, and hands the rest to the lexer.
 */
final class SourceReader {
    private static final int MAX_DEPTH = 32;

    /** What includes and variables may add: far above any configuration, but a text can multiply itself. */
    private static final int MAX_CHARACTERS = 4 << 20;

    private static final int MAX_CHARACTERS_OF_LINE = 1 << 18;

    /** What a file counts for besides its characters, so that even empty ones come to an end. */
    private static final int COST_OF_A_FILE = 256;

    private final ReaderOptions options;
    private final Findings findings;
    private final Lexer lexer;
    private final Variables variables;
    private final Deque<String> open = new ArrayDeque<>();
    private IncludeChecks checks = IncludeChecks.NONE;
    private int characters;
    private int charactersOfLine;

    private SourceReader(ReaderOptions options, Findings findings) {
        this.options = options;
        this.findings = findings;
        this.lexer = new Lexer(findings);
        this.variables = new Variables(options, findings);
    }

    static List<Token> tokens(String file, String text, ReaderOptions options, Findings findings) {
        SourceReader reader = new SourceReader(options, findings);
        reader.file(file, text);
        return reader.lexer.tokens();
    }

    private void file(String name, String text) {
        findings.opened(name);
        if (!open.isEmpty() && !spend(text.length() + COST_OF_A_FILE, new Place(name, 1))) {
            return;
        }
        open.push(name);
        IncludeChecks outer = checks;
        Lines lines = new Lines(name, Nuls.removed(name, text, findings));
        while (lines.hasNext()) {
            String line = lines.next();
            line(line, lines.place(), lines, 0);
        }
        lexer.endFile(lines.place());
        checks = outer;
        open.pop();
    }

    /** Takes in one line; {@code rest} is what follows it, for lines that go on. */
    private void line(String text, Place place, Lines rest, int depth) {
        String words = text.stripLeading();
        boolean mayDirect = !words.isEmpty() && "@$~i".indexOf(words.charAt(0)) >= 0;
        if (lexer.isContinuing() || !mayDirect) {
            replace(text, place, depth);
            return;
        }
        String first = firstWord(words);
        Matcher definition = Variables.definition(words);
        if (first.startsWith("@")) {
            condition(text, first, place, rest, depth);
        } else if (definition != null) {
            define(definition.group(1), definition.group(2), place, rest);
        } else if (first.startsWith("~")) {
            findings.error(
                    place,
                    "'~' blocks (~SEQ, ~LST) are not supported; write out the lines that the block stands for, or"
                            + " define them once as a variable of several lines");
            skipContinuation(text, rest);
        } else if (IncludeChecks.isInclude(first)) {
            include(first, words.substring(first.length()).strip(), place);
        } else {
            if (first.equals("include_check")) {
                List<String> arguments = Arrays.asList(words.strip().split("\\s+"));
                checks = checks.changed(arguments.subList(1, arguments.size()), place, findings);
            }
            replace(text, place, depth);
        }
    }

    private void condition(String text, String word, Place place, Lines rest, int depth) {
        boolean negative = word.startsWith("@^") || word.startsWith("@!");
        String id = word.substring(negative ? 2 : 1);
        if (word.startsWith("@!")) {
            findings.warning(
                    place,
                    "'@!' starts a comment in keepalived, which leaves the line out; write '@^"
                            + id
                            + "'");
        }
        if (negative == id.equals(options.configId())) {
            skipContinuation(text, rest);
            return;
        }
        int at = text.indexOf('@');
        String remaining = text.substring(at + word.length());
        if (remaining.stripLeading().startsWith("@")) {
            findings.error(
                    place,
                    "a line takes one condition; define the word after '@' as a variable, or split the line");
            skipContinuation(text, rest);
            return;
        }
        line(text.substring(0, at) + remaining.stripLeading(), place, rest, depth);
    }

    private static void skipContinuation(String text, Lines rest) {
        String line = text;
        while (line.endsWith("\\") && rest.hasNext()) {
            line = rest.next();
        }
    }

    private void define(String name, String value, Place place, Lines rest) {
        StringBuilder whole = new StringBuilder();
        String part = value.stripTrailing();
        while (part.endsWith("\\") && rest.hasNext()) {
            whole.append(part, 0, part.length() - 1);
            // Only a value that starts on the next line has lines; another one goes on.
            whole.append(value.isBlank() || value.strip().equals("\\") ? '\n' : ' ');
            part = rest.next().stripTrailing();
        }
        whole.append(part.endsWith("\\") ? part.substring(0, part.length() - 1) : part);
        String lines = whole.toString();
        int firstEnd = lines.indexOf('\n');
        variables.define(
                name,
                firstEnd >= 0 && lines.substring(0, firstEnd).isBlank()
                        ? lines.substring(firstEnd + 1)
                        : lines.strip(),
                place);
    }

    private void replace(String text, Place place, int depth) {
        String replaced = variables.replaced(text, place);
        charactersOfLine = depth == 0 ? 0 : charactersOfLine;
        if (replaced == null) {
            lexer.line(text, place);
            return;
        }
        charactersOfLine += Math.min(replaced.length(), MAX_CHARACTERS);
        if (depth == MAX_DEPTH || charactersOfLine > MAX_CHARACTERS_OF_LINE) {
            findings.error(
                    place,
                    "the variables of this line stand for each other more than "
                            + MAX_DEPTH
                            + " deep or for more than "
                            + MAX_CHARACTERS_OF_LINE
                            + " characters, perhaps in a circle; write the value of one of them out");
        } else if (spend(replaced.length(), place)) {
            for (String line : replaced.split("\n", -1)) {
                line(line, place, new Lines("", ""), depth + 1);
            }
        }
    }

    private void include(String keyword, String written, Place place) {
        String replaced = variables.replaced(written, place);
        String pattern = unquoted(replaced == null ? written : replaced);
        IncludeResolver resolver = options.includes();
        if (pattern.isEmpty() || resolver == null) {
            findings.error(
                    place,
                    pattern.isEmpty()
                            ? "'"
                                    + keyword
                                    + "' lacks the name of a file; write it on the same line"
                            : "'"
                                    + keyword
                                    + "' cannot be followed here: this text is read without other files; copy the"
                                    + " included lines into it");
            return;
        }
        List<String> names = Braces.expanded(pattern);
        for (String name : names) {
            List<IncludedFile> files = resolver.resolve(name, place.file());
            if (files.isEmpty()) {
                missing(keyword, name, names.size() > 1, place);
            }
            files.forEach(file -> include(keyword, file, place));
        }
    }

    private void missing(String keyword, String name, boolean brace, Place place) {
        boolean wildcard = name.chars().anyMatch(c -> "*?[".indexOf(c) >= 0);
        String sentence = "no file matches '" + name + "' of '" + keyword + "'; ";
        if (checks.with(keyword).refuseMissing(wildcard, brace)) {
            findings.error(
                    place, sentence + "correct the name, or write 'include' if it may be absent");
        } else {
            findings.warning(place, sentence + "it is left out, as with keepalived");
        }
    }

    /** A name in quotes is meant without them; keepalived looks for one with them, and finds none. */
    private static String unquoted(String name) {
        int last = name.length() - 1;
        boolean quoted =
                last > 0
                        && "\"'".indexOf(name.charAt(0)) >= 0
                        && name.charAt(0) == name.charAt(last);
        return quoted ? name.substring(1, last) : name;
    }

    private void include(String keyword, IncludedFile file, Place place) {
        String problem = file.problem();
        if (problem != null) {
            String sentence = "the file '" + file.name() + "' is not included: " + problem;
            if (checks.with(keyword).refuseUnreadable()) {
                findings.error(
                        place, sentence + "; correct that, or write 'include' if it may be absent");
            } else {
                findings.warning(place, sentence);
            }
        } else if (open.contains(file.name())) {
            findings.error(
                    place,
                    "the file '" + file.name() + "' includes itself by this line; remove the line");
        } else if (open.size() > MAX_DEPTH) {
            findings.error(
                    place,
                    "files include each other more than "
                            + MAX_DEPTH
                            + " deep here; put some together");
        } else {
            file(file.name(), Utf8.text(file.name(), file.bytes(), findings));
        }
    }

    /** Counts what was read; once it is too much, nothing more is. */
    private boolean spend(int length, Place place) {
        boolean fits = characters <= MAX_CHARACTERS - length;
        if (fits) {
            characters += length;
        } else if (characters <= MAX_CHARACTERS) {
            characters = MAX_CHARACTERS + 1;
            findings.error(
                    place,
                    "includes and variables multiply the text to more than "
                            + MAX_CHARACTERS
                            + " characters; make them fewer");
        }
        return fits;
    }

    private static String firstWord(String text) {
        int end = 0;
        while (end < text.length() && !Character.isWhitespace(text.charAt(end))) {
            end++;
        }
        return text.substring(0, end);
    }
}
