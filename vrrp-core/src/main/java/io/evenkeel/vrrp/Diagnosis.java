package io.evenkeel.vrrp;

import org.jspecify.annotations.Nullable;

/**
 * Finds what is wrong between this router and the others from the packets that it hears anyway, and
 * tells each finding once, with a sentence that says what to change where.
 */
final class Diagnosis {

    /** An interval that differs was seen once; a peer that hands over sends one on purpose. */
    private static final int INTERVAL_SEEN = 1 << 30;

    private final RouterMachine machine;
    private final PeerTable peers;
    private ChecksumForm lastForm = ChecksumForm.PSEUDO_HEADER;
    private boolean heardSinceStart;
    private long strangerHigh;
    private long strangerLow;
    private int strangerVrid;

    Diagnosis(RouterMachine machine) {
        this.machine = machine;
        this.peers = new PeerTable(machine.config().isIpv4());
    }

    PeerTable peers() {
        return peers;
    }

    void started() {
        heardSinceStart = false;
        strangerVrid = 0;
    }

    void stateChanged() {
        peers.forgetRejections();
    }

    void reconfigured() {
        peers.forgetAll();
    }

    void rejected(PacketRejection rejection, ReceivedPacket packet, long arrivalNanos) {
        if (rejection == PacketRejection.OWN) {
            return;
        }
        if (rejection == PacketRejection.VIRTUAL_ROUTER_ID) {
            stranger(packet);
            return;
        }
        if (rejection.isFromThisRoutersVrid()) {
            heardSinceStart = true;
        }
        int row = peers.row(packet.sourceHigh(), packet.sourceLow());
        if (row == PeerTable.NONE) {
            return;
        }
        peers.rejected(row, rejection, arrivalNanos);
        if (peers.isNewRejection(row, rejection)) {
            VirtualRouterConfig config = machine.config();
            machine.tell(
                    new VrrpEvent.PacketRejected(
                            config.name(),
                            rejection,
                            packet.source(),
                            RejectionText.sentence(rejection, packet, config)));
        }
    }

    /** A packet of another virtual router, which is none of our business unless it has our address. */
    private void stranger(ReceivedPacket packet) {
        if (packet.isIpv4() != machine.config().isIpv4()) {
            return;
        }
        strangerHigh = packet.sourceHigh();
        strangerLow = packet.sourceLow();
        strangerVrid = packet.virtualRouterId();
        int index = ForeignAdvertisement.firstShared(packet, machine.codec().addresses());
        if (index < 0) {
            return;
        }
        int row = peers.row(packet.sourceHigh(), packet.sourceLow());
        if (row != PeerTable.NONE && isNew(row, VrrpEvent.Difference.VIRTUAL_ROUTER_ID)) {
            tell(
                    VrrpEvent.Difference.VIRTUAL_ROUTER_ID,
                    packet.source(),
                    DiagnosisText.otherVirtualRouterId(
                            machine.config(),
                            packet.virtualRouterId(),
                            machine.codec().addresses().address(index)));
        }
    }

    void accepted(Advertisement advertisement, long arrivalNanos) {
        heardSinceStart = true;
        lastForm = advertisement.checksumForm();
        int row = peers.row(advertisement.sourceHigh(), advertisement.sourceLow());
        if (row == PeerTable.NONE) {
            return;
        }
        peers.accepted(row, advertisement, arrivalNanos);
        interval(row, advertisement);
        addresses(row, advertisement);
        equalPriority(row, advertisement);
        unknownPeer(row, advertisement);
        checksum(row, advertisement);
    }

    private void interval(int row, Advertisement advertisement) {
        if (advertisement.priority() == 0) {
            return;
        }
        VirtualRouterConfig config = machine.config();
        if (advertisement.maxAdvertiseIntervalCentis() == config.advertisementIntervalCentis()) {
            peers.clearDifference(row, INTERVAL_SEEN);
            return;
        }
        if (!peers.isNewDifference(row, INTERVAL_SEEN)
                && isNew(row, VrrpEvent.Difference.INTERVAL)) {
            tell(
                    VrrpEvent.Difference.INTERVAL,
                    advertisement.source(),
                    DiagnosisText.interval(config, advertisement));
        }
    }

    private void addresses(int row, Advertisement advertisement) {
        if (!machine.codec().addresses().isThatOf(advertisement)
                && isNew(row, VrrpEvent.Difference.ADDRESSES)) {
            tell(
                    VrrpEvent.Difference.ADDRESSES,
                    advertisement.source(),
                    DiagnosisText.addresses(
                            machine.config(), machine.codec().addresses(), advertisement));
        }
    }

    /** The configured priority: one that a tracker has moved is no mistake in a file. */
    private void equalPriority(int row, Advertisement advertisement) {
        if (advertisement.priority() == machine.config().priority()
                && advertisement.priority() == machine.priority()
                && isNew(row, VrrpEvent.Difference.EQUAL_PRIORITY)) {
            tell(
                    VrrpEvent.Difference.EQUAL_PRIORITY,
                    advertisement.source(),
                    DiagnosisText.equalPriority(machine.config()));
        }
    }

    private void unknownPeer(int row, Advertisement advertisement) {
        Destinations destinations = machine.config().destinations();
        if (destinations.isUnicast()
                && destinations.peer(advertisement.sourceHigh(), advertisement.sourceLow()) == null
                && isNew(row, VrrpEvent.Difference.UNKNOWN_PEER)) {
            tell(
                    VrrpEvent.Difference.UNKNOWN_PEER,
                    advertisement.source(),
                    DiagnosisText.unknownPeer(machine.config()));
        }
    }

    private void checksum(int row, Advertisement advertisement) {
        VirtualRouterConfig config = machine.config();
        if (!config.isIpv4()
                || config.version() == VrrpVersion.V2
                || config.checksumMode() == ChecksumMode.AUTO) {
            return;
        }
        ChecksumForm mine =
                config.checksumMode() == ChecksumMode.MESSAGE_ONLY
                        ? ChecksumForm.MESSAGE_ONLY
                        : ChecksumForm.PSEUDO_HEADER;
        if (advertisement.checksumForm() != mine
                && isNew(row, VrrpEvent.Difference.CHECKSUM_FORM)) {
            tell(
                    VrrpEvent.Difference.CHECKSUM_FORM,
                    advertisement.source(),
                    DiagnosisText.checksum(advertisement.checksumForm()));
        }
    }

    /** The checksum that a destination understands, as far as the configuration leaves it open. */
    ChecksumForm formTo(IpAddress destination) {
        return switch (machine.config().checksumMode()) {
            case PSEUDO_HEADER -> ChecksumForm.PSEUDO_HEADER;
            case MESSAGE_ONLY -> ChecksumForm.MESSAGE_ONLY;
            case AUTO -> {
                if (destination.isMulticast()) {
                    yield lastForm;
                }
                int row = peers.find(destination.high(), destination.low());
                yield row == PeerTable.NONE ? ChecksumForm.PSEUDO_HEADER : peers.form(row);
            }
        };
    }

    /** A Backup takes over because the Active that it followed fell silent. */
    void silent(long sourceHigh, long sourceLow, long lastArrivalNanos, long nowNanos) {
        int row = peers.find(sourceHigh, sourceLow);
        PacketRejection rejection = row < 0 ? null : peers.rejectionSinceAccepted(row);
        IpAddress peer =
                machine.config().isIpv4()
                        ? IpAddress.ofIpv4((int) sourceLow)
                        : IpAddress.ofIpv6(sourceHigh, sourceLow);
        long silentNanos = nowNanos - lastArrivalNanos;
        machine.tell(
                new VrrpEvent.PeerSilent(
                        machine.config().name(),
                        peer,
                        silentNanos,
                        rejection,
                        DiagnosisText.silent(machine.config(), peer, silentNanos, rejection)));
    }

    /** A Backup became Active; an owner does not wait to hear anybody. */
    void promoted() {
        VirtualRouterConfig config = machine.config();
        if (heardSinceStart || config.isOwner()) {
            return;
        }
        heardSinceStart = true;
        @Nullable IpAddress stranger =
                strangerVrid == 0
                        ? null
                        : config.isIpv4()
                                ? IpAddress.ofIpv4((int) strangerLow)
                                : IpAddress.ofIpv6(strangerHigh, strangerLow);
        machine.tell(
                new VrrpEvent.NobodyHeard(
                        config.name(), DiagnosisText.nobodyHeard(config, stranger, strangerVrid)));
    }

    private boolean isNew(int row, VrrpEvent.Difference difference) {
        return peers.isNewDifference(row, 1 << difference.ordinal());
    }

    private void tell(VrrpEvent.Difference difference, IpAddress peer, String what) {
        String name = machine.config().name();
        machine.tell(
                new VrrpEvent.PeerDiffers(
                        name, difference, peer, name + ": the peer " + peer + " " + what));
    }
}
