package io.evenkeel.benchmarks;

import io.grpc.Attributes;
import io.grpc.CallOptions;
import io.grpc.ConnectivityState;
import io.grpc.ConnectivityStateInfo;
import io.grpc.EquivalentAddressGroup;
import io.grpc.LoadBalancer;
import io.grpc.LoadBalancer.CreateSubchannelArgs;
import io.grpc.LoadBalancer.PickSubchannelArgs;
import io.grpc.LoadBalancer.ResolvedAddresses;
import io.grpc.LoadBalancer.Subchannel;
import io.grpc.LoadBalancer.SubchannelPicker;
import io.grpc.LoadBalancer.SubchannelStateListener;
import io.grpc.LoadBalancerRegistry;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.SynchronizationContext;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The picker of gRPC's {@code round_robin} over connections that are always ready, with no channel about it. */
final class GrpcRoundRobin {
    private static final PickSubchannelArgs CALL = new Call();

    private final Channel channel = new Channel();
    private final SubchannelPicker picker;

    GrpcRoundRobin(int servers) {
        LoadBalancer balancer =
                Objects.requireNonNull(
                                LoadBalancerRegistry.getDefaultRegistry()
                                        .getProvider("round_robin"),
                                "grpc-util brings round_robin")
                        .newLoadBalancer(channel);
        List<EquivalentAddressGroup> addresses =
                IntStream.range(0, servers).mapToObj(GrpcRoundRobin::address).toList();
        channel.context.execute(
                () ->
                        balancer.acceptResolvedAddresses(
                                ResolvedAddresses.newBuilder().setAddresses(addresses).build()));
        picker = channel.readyPicker();
    }

    /** The connection whose turn it is. */
    @Nullable Object choose(Object connection) {
        return picker.pickSubchannel(CALL).getSubchannel();
    }

    private static EquivalentAddressGroup address(int server) {
        return new EquivalentAddressGroup(new InetSocketAddress("127.0.0.1", 8000 + server));
    }

    /** Keeps the latest picker. */
    private static final class Channel extends LoadBalancer.Helper {
        final SynchronizationContext context =
                new SynchronizationContext(
                        (thread, problem) -> {
                            throw new IllegalStateException("gRPC's balancer failed", problem);
                        });
        private ConnectivityState state = ConnectivityState.IDLE;
        private @Nullable SubchannelPicker latest;

        @Override
        public Subchannel createSubchannel(CreateSubchannelArgs args) {
            return new ReadySubchannel(args.getAddresses());
        }

        @Override
        public void updateBalancingState(ConnectivityState newState, SubchannelPicker newPicker) {
            state = newState;
            latest = newPicker;
        }

        SubchannelPicker readyPicker() {
            if (state != ConnectivityState.READY) {
                throw new IllegalStateException("gRPC's balancer is " + state + ", not READY");
            }
            return Objects.requireNonNull(latest);
        }

        @Override
        public SynchronizationContext getSynchronizationContext() {
            return context;
        }

        @Override
        public ManagedChannel createOobChannel(EquivalentAddressGroup address, String authority) {
            throw new UnsupportedOperationException("there is no network here");
        }

        @Override
        public String getAuthority() {
            return "bench";
        }
    }

    /** Ready as soon as somebody asks. */
    private static final class ReadySubchannel extends Subchannel {
        private final List<EquivalentAddressGroup> addresses;
        private @Nullable SubchannelStateListener listener;

        ReadySubchannel(List<EquivalentAddressGroup> addresses) {
            this.addresses = addresses;
        }

        @Override
        public void start(SubchannelStateListener toTell) {
            listener = toTell;
        }

        @Override
        public void requestConnection() {
            Objects.requireNonNull(listener)
                    .onSubchannelState(ConnectivityStateInfo.forNonError(ConnectivityState.READY));
        }

        @Override
        public List<EquivalentAddressGroup> getAllAddresses() {
            return addresses;
        }

        @Override
        public Attributes getAttributes() {
            return Attributes.EMPTY;
        }

        @Override
        public void shutdown() {}
    }

    /** A call of which {@code round_robin} asks nothing. */
    private static final class Call extends PickSubchannelArgs {
        @Override
        public CallOptions getCallOptions() {
            return CallOptions.DEFAULT;
        }

        @Override
        public Metadata getHeaders() {
            throw new UnsupportedOperationException("round_robin does not look at headers");
        }

        @Override
        public MethodDescriptor<?, ?> getMethodDescriptor() {
            throw new UnsupportedOperationException("round_robin does not look at methods");
        }
    }
}
