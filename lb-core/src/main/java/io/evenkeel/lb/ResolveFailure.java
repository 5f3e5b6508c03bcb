package io.evenkeel.lb;

/** Why a name could not be resolved. */
public enum ResolveFailure {
    /** A name server has said that there is no such name, or that it has none of the records that were asked for. */
    NX("it does not exist"),
    /** No name server has answered in time. */
    TIMEOUT("no name server answers"),
    /** A name server refuses to answer. */
    REFUSED("the name servers refuse to answer"),
    /** A name server failed, or its answer makes no sense. */
    OTHER("the name servers fail");

    private final String label;

    ResolveFailure(String label) {
        this.label = label;
    }

    /** The failure in words, of a name. */
    public String label() {
        return label;
    }
}
