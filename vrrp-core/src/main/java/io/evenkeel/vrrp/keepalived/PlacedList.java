package io.evenkeel.vrrp.keepalived;

import java.util.ArrayList;
import java.util.List;

/** Values that were read, each with its place. */
final class PlacedList<T> {
    private final List<T> values = new ArrayList<>();
    private final List<Place> places = new ArrayList<>();

    void add(T value, Place place) {
        values.add(value);
        places.add(place);
    }

    List<T> all() {
        return values;
    }

    Place place(int index) {
        return places.get(index);
    }
}
