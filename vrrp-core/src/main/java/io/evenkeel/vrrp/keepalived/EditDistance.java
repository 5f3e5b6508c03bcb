package io.evenkeel.vrrp.keepalived;

/** How many letters must be inserted, removed, replaced or swapped with their neighbour. */
final class EditDistance {
    private EditDistance() {}

    /** Returns the distance, or {@code limit} when it is that or more. */
    static int between(String left, String right, int limit) {
        if (Math.abs(left.length() - right.length()) >= limit) {
            return limit;
        }
        int[] beforePrevious = new int[right.length() + 1];
        int[] previous = new int[right.length() + 1];
        for (int j = 0; j <= right.length(); j++) {
            previous[j] = j;
        }
        int leastOfPrevious = 0;
        for (int i = 1; i <= left.length(); i++) {
            int[] row = new int[right.length() + 1];
            row[0] = i;
            int least = i;
            for (int j = 1; j <= right.length(); j++) {
                int replaced = left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1;
                int distance =
                        Math.min(previous[j - 1] + replaced, 1 + Math.min(previous[j], row[j - 1]));
                if (i > 1
                        && j > 1
                        && left.charAt(i - 1) == right.charAt(j - 2)
                        && left.charAt(i - 2) == right.charAt(j - 1)) {
                    distance = Math.min(distance, beforePrevious[j - 2] + 1);
                }
                row[j] = distance;
                least = Math.min(least, distance);
            }
            if (least >= limit && leastOfPrevious >= limit) {
                return limit; // nothing reaches back further than two rows
            }
            leastOfPrevious = least;
            beforePrevious = previous;
            previous = row;
        }
        return Math.min(previous[right.length()], limit);
    }
}
