package io.evenkeel.vrrp.keepalived;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a file may refer to and does not hold itself: the node it is read on, the environment, other files. */
public final class ReaderOptions {

    /** No configuration id, no environment and no includes; to start from. */
    public static final ReaderOptions NONE = new ReaderOptions("", name -> null, null);

    private final String configId;
    private final Function<String, @Nullable String> environment;
    private final @Nullable IncludeResolver includes;

    private ReaderOptions(
            String configId,
            Function<String, @Nullable String> environment,
            @Nullable IncludeResolver includes) {
        this.configId = configId;
        this.environment = environment;
        this.includes = includes;
    }

    /**
     * The same for a node: {@code @main} lines count where the id is {@code main}. keepalived has an option {@code -i} for
     * it and otherwise takes the first label of the host's name.
     */
    public ReaderOptions withConfigId(String id) {
        return new ReaderOptions(id, environment, includes);
    }

    /** The same with what <code>${_ENV NAME}</code> stands for, such as {@code System::getenv}; null is undefined. */
    public ReaderOptions withEnvironment(Function<String, @Nullable String> variables) {
        return new ReaderOptions(configId, variables, includes);
    }

    /** The same with includes; without this an include is an error. */
    public ReaderOptions withIncludes(IncludeResolver resolver) {
        return new ReaderOptions(configId, environment, resolver);
    }

    /** Returns the configuration id, empty by default. */
    public String configId() {
        return configId;
    }

    @Nullable String environment(String name) {
        return environment.apply(name);
    }

    @Nullable IncludeResolver includes() {
        return includes;
    }
}
