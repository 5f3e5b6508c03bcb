package io.evenkeel.vrrp;

/** Turns what is odd about received packets into events, each told once. */
final class PeerReports {

    private static final int INTERVAL_SEEN = 1 << 30;

    private final VirtualRouterConfig config;
    private final AdvertisementCodec codec;
    private final PeerNotes notes = new PeerNotes();

    PeerReports(VirtualRouterConfig config, AdvertisementCodec codec) {
        this.config = config;
        this.codec = codec;
    }

    void stateChanged() {
        notes.forgetRejections();
    }

    void rejected(PacketRejection rejection, ReceivedPacket packet, ActionSink sink) {
        boolean usual =
                rejection == PacketRejection.VIRTUAL_ROUTER_ID || rejection == PacketRejection.OWN;
        if (!usual && notes.isNewRejection(packet.sourceHigh(), packet.sourceLow(), rejection)) {
            sink.accept(
                    new Action.Notify(
                            new VrrpEvent.PacketRejected(
                                    config.name(),
                                    rejection,
                                    packet.source(),
                                    RejectionText.sentence(rejection, packet, config))));
        }
    }

    void accepted(Advertisement advertisement, ActionSink sink) {
        interval(advertisement, sink);
        if (!codec.hasConfiguredAddresses(advertisement)
                && isNew(VrrpEvent.Difference.ADDRESSES, advertisement)) {
            tell(
                    VrrpEvent.Difference.ADDRESSES,
                    advertisement,
                    "advertises "
                            + addresses(advertisement)
                            + ", this router "
                            + ownAddresses()
                            + ". Give both the same virtual addresses; an address on one of them only"
                            + " is gone after a failover.",
                    sink);
        }
        if (config.version() == VrrpVersion.V3
                && advertisement.checksumForm() == ChecksumForm.MESSAGE_ONLY
                && isNew(VrrpEvent.Difference.CHECKSUM_FORM, advertisement)) {
            tell(
                    VrrpEvent.Difference.CHECKSUM_FORM,
                    advertisement,
                    "computes the checksum without a pseudo-header (RFC 9568, section 5.2.8); that is"
                            + " understood here, but make sure that it understands the form with one,"
                            + " which this router sends.",
                    sink);
        }
    }

    /**
     * A peer that hands over advertises a short interval once, on purpose: a difference is told when it
     * is seen twice in a row.
     */
    private void interval(Advertisement advertisement, ActionSink sink) {
        if (advertisement.priority() == 0) {
            return;
        }
        long high = advertisement.sourceHigh();
        long low = advertisement.sourceLow();
        if (advertisement.maxAdvertiseIntervalCentis() == config.advertisementIntervalCentis()) {
            notes.clearDifference(high, low, INTERVAL_SEEN);
            return;
        }
        if (!notes.isNewDifference(high, low, INTERVAL_SEEN)
                && isNew(VrrpEvent.Difference.INTERVAL, advertisement)) {
            tell(
                    VrrpEvent.Difference.INTERVAL,
                    advertisement,
                    "advertises every "
                            + advertisement.maxAdvertiseIntervalCentis() * 10
                            + " ms, this router every "
                            + config.advertisementIntervalCentis() * 10
                            + " ms. A Backup follows the Active's interval; give both the same one,"
                            + " so that a failover takes equally long both ways.",
                    sink);
        }
    }

    private boolean isNew(VrrpEvent.Difference difference, Advertisement advertisement) {
        return notes.isNewDifference(
                advertisement.sourceHigh(), advertisement.sourceLow(), 1 << difference.ordinal());
    }

    private void tell(
            VrrpEvent.Difference difference,
            Advertisement advertisement,
            String what,
            ActionSink sink) {
        IpAddress peer = advertisement.source();
        String sentence = config.name() + ": the peer " + peer + " " + what;
        sink.accept(
                new Action.Notify(
                        new VrrpEvent.PeerDiffers(config.name(), difference, peer, sentence)));
    }

    private static String addresses(Advertisement advertisement) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < advertisement.addressCount(); i++) {
            text.append(i == 0 ? "" : ", ").append(IpAddress.ofIpv4(advertisement.ipv4Address(i)));
        }
        return text.toString();
    }

    private String ownAddresses() {
        StringBuilder text = new StringBuilder();
        for (VirtualAddress address : config.addresses()) {
            text.append(text.length() == 0 ? "" : ", ").append(address.address());
        }
        return text.toString();
    }
}
