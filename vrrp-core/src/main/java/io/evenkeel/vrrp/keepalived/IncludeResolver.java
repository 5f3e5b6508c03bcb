package io.evenkeel.vrrp.keepalived;

import java.util.List;

/** Finds the files that an include names. The reader itself opens none. */
@FunctionalInterface
public interface IncludeResolver {

    /**
     * Returns the files that match, in the order in which they are to be read.
     *
     * @param pattern an absolute or relative path as it is written, perhaps with {@code *}, {@code ?} and {@code [...]};
     *     {@code {a,b}} is replaced already
     * @param includingFile the name of the file that the include stands in; a relative pattern starts at its directory
     * @return none when nothing matches
     */
    List<IncludedFile> resolve(String pattern, String includingFile);
}
