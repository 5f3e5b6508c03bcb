package io.evenkeel.lb;

import java.util.Set;

/** What kind the first bytes are of. */
enum ProgressCondition implements Condition {
    TLS(Need.TLS),
    HTTP(Need.HTTP),
    RECEIVED(Need.BYTES),
    ENDED(Need.END);

    private final Need need;

    ProgressCondition(Need need) {
        this.need = need;
    }

    @Override
    public Truth test(ConnectionFacts facts) {
        boolean holds =
                switch (this) {
                    case TLS -> facts.isTls();
                    case HTTP -> facts.request() != null;
                    case RECEIVED -> facts.isReceived();
                    case ENDED -> facts.ended();
                };
        if (holds) {
            return Truth.TRUE;
        }
        boolean pending =
                switch (this) {
                    case TLS -> facts.isTlsPending();
                    case HTTP -> facts.isHttpPending();
                    case RECEIVED, ENDED -> !facts.ended();
                };
        return pending ? Truth.UNKNOWN : Truth.FALSE;
    }

    @Override
    public Set<Need> needs() {
        return Set.of(need);
    }
}
