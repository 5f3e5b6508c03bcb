package io.evenkeel.vrrp.keepalived;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A keyword with its arguments and, where it opens one, its block. */
final class Statement {
    private final Token keyword;
    private final List<Token> arguments = new ArrayList<>();
    private @Nullable List<Statement> block;

    Statement(Token keyword) {
        this.keyword = keyword;
    }

    String name() {
        return keyword.text();
    }

    Place place() {
        return keyword.place();
    }

    /** Returns how far the line is indented, or -1 when the keyword is not the first word of its line. */
    int indentation() {
        return keyword.firstOfLine() ? keyword.column() : -1;
    }

    int argumentCount() {
        return arguments.size();
    }

    String argument(int index) {
        return arguments.get(index).text();
    }

    /** Returns the first argument, or a name that stands for a missing one, which is reported already. */
    String nameArgument() {
        return arguments.isEmpty() ? "(line " + place().line() + ")" : argument(0);
    }

    Token argumentToken(int index) {
        return arguments.get(index);
    }

    List<String> arguments() {
        return arguments.stream().map(Token::text).toList();
    }

    void addArgument(Token word) {
        arguments.add(word);
    }

    boolean hasBlock() {
        return block != null;
    }

    /** Returns the statements between the braces; none when there is no block. */
    List<Statement> block() {
        return block == null ? List.of() : block;
    }

    /** Returns the statements between the braces, to add to. */
    List<Statement> blockToContinue() {
        List<Statement> statements = block;
        return statements == null ? openBlock() : statements;
    }

    List<Statement> openBlock() {
        List<Statement> opened = new ArrayList<>();
        block = opened;
        return opened;
    }
}
