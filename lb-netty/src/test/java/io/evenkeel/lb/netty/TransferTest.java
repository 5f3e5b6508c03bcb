package io.evenkeel.lb.netty;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TransferTest {
    /** Of all two hundred sessions together; {@code -Devenkeel.transfer=1073741824} for the long run. */
    private static final long BYTES = Long.getLong("evenkeel.transfer", 2L << 20);

    @ParameterizedTest
    @EnumSource
    void bytesArriveAsTheyWereSentBothWaysAtOnce(Transport transport) throws Exception {
        Transfer.bothWaysAtOnce(transport, 64L << 20);
    }

    @ParameterizedTest
    @EnumSource
    void bytesOfTwoHundredSessionsAtOnceArriveAsTheyWereSent(Transport transport) throws Exception {
        Transfer.bothWaysAtOnce(transport, BYTES, 200);
    }
}
