package io.evenkeel.lb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.lb.Interleavings.Actor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * All orders of picks, releases, waits, changes of mind and changes of servers, for small numbers of each: no limit is ever passed, what
 * is in flight is what is open, and nobody waits while there is a slot for him.
 */
class QueueInterleavingsTest {
    /** A backend, whose slots are all held by somebody at first, and who comes and goes. */
    private static final class Play implements Interleavings.Scenario {
        private final Backend backend;
        private final List<Actor> actors = new ArrayList<>();
        private final List<Customer> customers = new ArrayList<>();
        private final List<Server> held = new ArrayList<>();
        private final List<Server> connected = new ArrayList<>();
        private int others;

        Play(BackendConfig.Builder config) {
            backend = new Backend(config.build());
        }

        Server server(String name) {
            return Objects.requireNonNull(backend.server(name));
        }

        /** Somebody has a slot. */
        Play hold(String name) {
            assertTrue(server(name).tryAcquire(null));
            if (load().isCounted()) {
                assertTrue(load().tryAdd());
            }
            held.add(server(name));
            return this;
        }

        /** ... and gives it back at some time. */
        Play release(String name) {
            Server server = server(name);
            Actor actor = new Actor("release-" + name);
            actors.add(actor);
            actor.then(
                            () -> {
                                picker().giveBack(server, load().isCounted());
                                held.remove(server);
                            })
                    .then(() -> pass(actor, load().isLimited() ? null : server));
            return this;
        }

        /** A slot of somebody's is that of a connection that is made from now on. */
        Play holdConnected(String name) {
            hold(name);
            server(name).connected();
            connected.add(server(name));
            return this;
        }

        /** The connection of somebody who has a slot is made at some time. */
        Play connect(String name) {
            Server server = server(name);
            Actor actor = new Actor("connect-" + name);
            actors.add(actor);
            actor.then(
                            () -> {
                                connected.add(server);
                                server.connected();
                            })
                    .then(() -> pass(actor, load().isLimited() ? null : server));
            return this;
        }

        /** The connection of somebody which is made ends at some time. */
        Play end(String name) {
            Server server = server(name);
            Actor actor = new Actor("end-" + name);
            actors.add(actor);
            actor.then(server::disconnecting)
                    .then(
                            () -> {
                                connected.remove(server);
                                picker().giveBack(server, load().isCounted());
                                held.remove(server);
                            })
                    .then(() -> pass(actor, load().isLimited() ? null : server));
            return this;
        }

        /** A connection comes, as {@link Picker#pick} and {@link WaitingLine#join} have it. */
        Play come(String name, Consumer<Customer> how) {
            Customer customer = new Customer(name, new ArrayList<>());
            how.accept(customer);
            customers.add(customer);
            Actor actor = new Actor(name);
            actors.add(actor);
            actor.then(
                    () -> {
                        if (picker().isNext(customer)) {
                            actor.next(() -> pick(actor, customer));
                        } else {
                            actor.next(() -> join(actor, customer));
                        }
                    });
            return this;
        }

        Play come(String name) {
            return come(name, customer -> {});
        }

        /** A connection waits already. */
        Play wait(String name, Consumer<Customer> how) {
            Customer customer = new Customer(name, new ArrayList<>());
            how.accept(customer);
            customers.add(customer);
            line().add(customer, 0);
            return this;
        }

        private void pick(Actor actor, Customer customer) {
            Lease lease = new Lease();
            if (!picker().open(lease, customer, 0, null)) {
                actor.next(() -> join(actor, customer));
                return;
            }
            customer.onServer(lease);
            if (load().raisesLimits()) {
                actor.next(() -> pass(actor, null));
            }
        }

        private void join(Actor actor, Customer customer) {
            QueuePlace place = line().add(customer, 0);
            if (leaving.contains(customer)) {
                actor.then(place::leave);
            }
            actor.next(
                    () -> {
                        if (backend.refusal() == Refusal.NONE_USABLE) {
                            line().rearrange(0);
                        } else {
                            pass(actor, load().raisesLimits() ? null : place.server());
                        }
                    });
        }

        private final List<Customer> leaving = new ArrayList<>();

        /** The last that came does not wait for ever. */
        Play whoLeaves() {
            leaving.add(customers.get(customers.size() - 1));
            return this;
        }

        /** One that looks at a server, is delayed, and takes the slot then if it is there. */
        Play comeSlowly(String name) {
            Server server = server(name);
            Actor actor = new Actor("slow");
            actors.add(actor);
            actor.then(
                    () -> {
                        if (picker().isNext(PickRequest.ANY)
                                && server.isUsable()
                                && server.isFreeFor(null)) {
                            actor.next(
                                    () -> {
                                        if (server.tryTakeSlot()) {
                                            others++;
                                        }
                                    });
                        }
                    });
            return this;
        }

        /** One that counts as one of the backend's for a moment, and then finds no slot on a server. */
        Play comeInVain() {
            Actor actor = new Actor("in-vain");
            actors.add(actor);
            actor.then(
                    () -> {
                        if (load().tryAdd()) {
                            actor.next(
                                    () -> {
                                        load().remove();
                                        actor.next(() -> pass(actor, null));
                                    });
                        }
                    });
            return this;
        }

        /** The health of a server changes; some may see that before the pool is another. */
        Play turns(String name, HealthState state) {
            Server server = server(name);
            HealthState before = server.health();
            actors.add(
                    new Actor(name + "-" + state)
                            .then(() -> server.setHealth(state))
                            .then(
                                    () ->
                                            backend.apply(
                                                    server,
                                                    new HealthTransition(before, state, "test"),
                                                    0)));
            return this;
        }

        Play then(String name, Consumer<Backend> change) {
            actors.add(new Actor(name).then(() -> change.accept(backend)));
            return this;
        }

        private void pass(Actor actor, @Nullable Server server) {
            if (line().length() > 0) {
                WaitingLine.Pass pass = line().new Pass(server);
                actor.next(() -> step(actor, pass));
            }
        }

        private void step(Actor actor, WaitingLine.Pass pass) {
            if (pass.step(0)) {
                actor.next(() -> step(actor, pass));
            }
        }

        private Picker picker() {
            return backend.picker();
        }

        private WaitingLine line() {
            return backend.picker().line();
        }

        private BackendLoad load() {
            return backend.picker().load();
        }

        @Override
        public List<Actor> actors() {
            return actors;
        }

        @Override
        public void checkAlways() {
            for (Server server : backend.servers()) {
                int most = server.maxConnections();
                assertTrue(most == 0 || server.inFlight() <= most, server + " is over its limit");
                int under = server.inFlight() - Collections.frequency(connected, server);
                int mostUnder = server.config().connect().maxConnecting();
                assertTrue(
                        mostUnder == 0 || under <= mostUnder,
                        under + " connections to " + server + " are under way");
            }
        }

        @Override
        public void checkEnd() {
            long open = customers.stream().filter(c -> c.lease() != null).count() + others;
            List<Server> all = new ArrayList<>(backend.servers());
            all.addAll(backend.leaving());
            assertEquals(
                    open + held.size(), all.stream().mapToInt(Server::inFlight).sum(), "in flight");
            checkNobodySleeps();
            // All give their slots back: then everybody has been served, or was told why not.
            for (Server server : List.copyOf(connected)) {
                connected.remove(server);
                server.disconnecting();
            }
            while (!held.isEmpty()) {
                picker().release(held.remove(0), load().isCounted(), 0);
            }
            for (boolean any = true; any; ) {
                any = false;
                for (Customer customer : customers) {
                    if (customer.lease() != null) {
                        customer.go(0);
                        any = true;
                    }
                }
            }
            assertEquals(others, all.stream().mapToInt(Server::inFlight).sum(), "at the end");
            assertTrue(backend.queueLength() == 0 || others > 0, "nobody waits at the end");
        }

        private void checkNobodySleeps() {
            if (backend.queueLength() == 0) {
                return;
            }
            for (Server server : backend.pool().usable()) {
                boolean full =
                        server.limit() > 0 && server.inFlight() >= server.limit()
                                || server.pacesConnecting()
                                        && server.connecting()
                                                >= server.config().connect().maxConnecting()
                                || load().isLimited() && !fits();
                boolean wanted = line().waitingForAny() > 0 || server.waiting() > 0;
                assertTrue(full || !wanted, "somebody sleeps though " + server + " has a slot");
            }
        }

        private boolean fits() {
            boolean fits = load().tryAdd();
            if (fits) {
                load().remove();
            }
            return fits;
        }
    }

    private static BackendConfig.Builder config(ServerConfig.Builder... servers) {
        return Fixture.config(servers);
    }

    private static ServerConfig.Builder one(String name) {
        return Fixture.server(name).maxConnections(1);
    }

    private static Play twoCheckedServers(HealthState a, HealthState b) {
        Play play = new Play(config(one("A").check(Fixture.CHECK), one("B").check(Fixture.CHECK)));
        Fixture.set(play.backend, "A", a);
        Fixture.set(play.backend, "B", b);
        return play;
    }

    @Test
    void aSlotOfOneServer() {
        explore(() -> new Play(config(one("A"))).hold("A").come("1").come("2").release("A"));
    }

    @Test
    void slotsOfTwoServers() {
        explore(
                () ->
                        new Play(config(one("A"), one("B")))
                                .hold("A")
                                .hold("B")
                                .come("1")
                                .release("A")
                                .release("B"));
    }

    @Test
    void oneWhoLeavesTheQueue() {
        explore(
                () ->
                        new Play(config(one("A")))
                                .hold("A")
                                .come("1")
                                .whoLeaves()
                                .come("2")
                                .release("A"));
    }

    @Test
    void oneWhoLooksBeforeAndTakesTheSlotAfterTheOthers() {
        explore(() -> new Play(config(one("A"))).hold("A").comeSlowly("A").come("1").release("A"));
    }

    @Test
    void oneWhoWantsACertainServerAndOneWhoDoesNot() {
        explore(
                () -> {
                    Play play = new Play(config(one("A"), one("B"))).hold("A").hold("B");
                    Server a = play.server("A");
                    return play.come("sticky", c -> c.on(a)).come("any").release("A");
                });
    }

    @Test
    void aHashThatKeepsItsServer() {
        explore(
                () ->
                        new Play(
                                        config(one("A"), one("B"))
                                                .balance(Balance.ring(BalanceKey.SOURCE)))
                                .hold("A")
                                .hold("B")
                                .come("1", c -> c.ofKey(1))
                                .come("2", c -> c.ofKey(1))
                                .release("A"));
    }

    @Test
    void oneWhoLeftTheFullQueueOfItsServerTakesAnyOther() {
        explore(
                () -> {
                    Play play =
                            new Play(config(one("A").maxQueue(1), one("B")).redispatchInterval(-1))
                                    .hold("A")
                                    .hold("B");
                    Server a = play.server("A");
                    return play.wait("2", c -> c.on(a))
                            .wait("3", c -> c.on(a))
                            .come("4")
                            .release("A")
                            .release("B");
                });
    }

    @Test
    void oneWhoFoundAllQueuesOfAHashFullTakesAnyServer() {
        explore(
                () -> {
                    Play play =
                            new Play(
                                            config(
                                                            one("A").maxQueue(1),
                                                            one("B").maxConnections(2).maxQueue(1))
                                                    .balance(Balance.ring(BalanceKey.SOURCE))
                                                    .hashAffinity(HashAffinity.MAXQUEUE))
                                    .hold("A")
                                    .hold("B")
                                    .hold("B");
                    long key = QueueTest.keyOf(play.backend, "A");
                    return play.wait("1", c -> c.ofKey(key))
                            .wait("2", c -> c.ofKey(key))
                            .wait("3", c -> c.ofKey(key))
                            .release("A")
                            .release("B")
                            .release("B");
                });
    }

    @Test
    void aServerThatComesUp() {
        explore(
                () ->
                        twoCheckedServers(HealthState.UP, HealthState.DOWN)
                                .hold("A")
                                .come("1")
                                .come("2")
                                .turns("B", HealthState.UP));
    }

    @Test
    void aServerThatGoesDown() {
        explore(
                () ->
                        twoCheckedServers(HealthState.UP, HealthState.UP)
                                .hold("A")
                                .hold("B")
                                .come("1")
                                .turns("B", HealthState.DOWN)
                                .release("A"));
    }

    @Test
    void theLastServerGoesDown() {
        explore(
                () ->
                        twoCheckedServers(HealthState.UP, HealthState.DOWN)
                                .hold("A")
                                .come("1")
                                .come("2")
                                .turns("A", HealthState.DOWN));
    }

    @Test
    void aServerThatIsRemovedWhileSomebodyWaitsForIt() {
        explore(
                () -> {
                    Play play = new Play(config(one("A"), one("B"))).hold("A").hold("B");
                    Server a = play.server("A");
                    return play.come("sticky", c -> c.on(a))
                            .then("remove-A", b -> b.update(config(one("B")).build(), 0))
                            .release("B");
                });
    }

    @Test
    void aLimitThatIsRaised() {
        explore(
                () -> {
                    Play play = new Play(config(one("A"))).hold("A");
                    Server a = play.server("A");
                    return play.come("1")
                            .come("2")
                            .then("raise", b -> b.setMaxConnections(a, 3, 0));
                });
    }

    private static ServerConfig.Builder paced(String name) {
        return Fixture.server(name).connect(ConnectConfig.builder().maxConnecting(1).build());
    }

    @Test
    void aConnectionIsMadeAndTheNextBegins() {
        explore(() -> new Play(config(paced("A"))).hold("A").come("1").come("2").connect("A"));
    }

    @Test
    void aConnectionFailsWhileAnotherEnds() {
        explore(
                () ->
                        new Play(config(paced("A").maxConnections(2)))
                                .holdConnected("A")
                                .hold("A")
                                .come("1")
                                .end("A")
                                .release("A"));
    }

    @Test
    void oneIsMadeWhileAnotherEnds() {
        explore(
                () ->
                        new Play(config(paced("A").maxConnections(2)))
                                .holdConnected("A")
                                .hold("A")
                                .come("1")
                                .end("A")
                                .connect("A"));
    }

    @Test
    void moreMayBeUnderWayFromNowOn() {
        explore(
                () ->
                        new Play(config(paced("A")))
                                .hold("A")
                                .come("1")
                                .come("2")
                                .then(
                                        "raise",
                                        b -> b.update(config(Fixture.server("A")).build(), 0)));
    }

    @Test
    void theBackendsLimit() {
        explore(
                () ->
                        new Play(config(Fixture.server("A"), Fixture.server("B")).maxConnections(1))
                                .hold("A")
                                .come("1")
                                .comeInVain()
                                .release("A"));
    }

    @Test
    void aLimitThatGrowsWithTheBackend() {
        explore(
                () ->
                        new Play(
                                        config(
                                                        Fixture.server("A")
                                                                .minConnections(1)
                                                                .maxConnections(2))
                                                .fullConnections(2))
                                .hold("A")
                                .come("1")
                                .come("2"));
    }

    private static void explore(Supplier<Interleavings.Scenario> scenario) {
        int orders = Interleavings.explore(scenario);
        assertTrue(orders > 5, "only " + orders + " orders");
    }
}
