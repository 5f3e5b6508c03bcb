package io.evenkeel.lb;

import java.lang.ref.PhantomReference;
import java.lang.ref.ReferenceQueue;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Finds leases that nobody closed: they were collected as garbage and their slots are lost. For tests and trials, since each pick costs
 * a stack trace. Safe for any thread.
 */
public final class LeaseLeaks {
    private final ReferenceQueue<Lease> collected = new ReferenceQueue<>();
    private final Set<Watch> open = ConcurrentHashMap.newKeySet();

    /** Watches nothing yet; give it to a {@link Backend}. */
    public LeaseLeaks() {}

    Watch watch(Lease lease, Server server) {
        Watch watch = new Watch(this, lease, server);
        open.add(watch);
        return watch;
    }

    /** Where the leases were picked that have been lost since the last call. */
    public List<Throwable> lost() {
        List<Throwable> lost = new ArrayList<>();
        while (collected.poll() instanceof Watch watch) {
            if (open.remove(watch)) {
                lost.add(watch.pickedAt);
            }
        }
        return lost;
    }

    /** How many leases are open. */
    public int open() {
        return open.size();
    }

    /** One lease, from a pick to its close. */
    static final class Watch extends PhantomReference<Lease> {
        private final LeaseLeaks leaks;
        private final Throwable pickedAt;

        private Watch(LeaseLeaks leaks, Lease lease, Server server) {
            super(lease, leaks.collected);
            this.leaks = leaks;
            pickedAt = new Throwable("A lease of server " + server + " was lost that was picked");
        }

        void end() {
            leaks.open.remove(this);
        }
    }
}
