package io.evenkeel.vrrp.keepalived;

import io.evenkeel.vrrp.VirtualRoute;
import io.evenkeel.vrrp.VirtualRule;
import java.util.List;

/** The routes and rules of an instance, or those that are static. */
final class RouteBlocks {
    private final PlacedList<VirtualRoute> routes = new PlacedList<>();
    private final PlacedList<VirtualRule> rules = new PlacedList<>();
    private final RuleNumbers numbers;
    private final Findings findings;

    RouteBlocks(RuleNumbers numbers, Findings findings) {
        this.numbers = numbers;
        this.findings = findings;
    }

    void readRoutes(Statement block) {
        RouteReader.readAll(block, routes, findings);
    }

    void readRules(Statement block) {
        RuleReader.readAll(block, rules, numbers, findings);
    }

    List<VirtualRoute> routes() {
        return routes.all();
    }

    List<VirtualRule> rules() {
        return rules.all();
    }

    /** Returns the routes; reports those of which the kernel would keep one. */
    List<VirtualRoute> distinctRoutes() {
        for (int i = 0; i < routes.all().size(); i++) {
            VirtualRoute route = routes.all().get(i);
            for (int j = 0; j < i; j++) {
                if (route.collidesWith(routes.all().get(j))) {
                    twice(routes.place(i), "route", routes.place(j));
                    break;
                }
            }
        }
        return routes.all();
    }

    /** Returns the rules; reports those that are there twice. */
    List<VirtualRule> distinctRules() {
        for (int i = 0; i < rules.all().size(); i++) {
            int first = rules.all().indexOf(rules.all().get(i));
            if (first < i) {
                twice(rules.place(i), "rule", rules.place(first));
            }
        }
        return rules.all();
    }

    Place routePlace(int index) {
        return routes.place(index);
    }

    Place rulePlace(int index) {
        return rules.place(index);
    }

    private void twice(Place place, String what, Place earlier) {
        findings.error(
                place,
                "the static "
                        + what
                        + " is on "
                        + earlier.seenFrom(place)
                        + " already"
                        + (what.equals("route") ? ", with the same table and metric" : "")
                        + "; remove one of them");
    }
}
