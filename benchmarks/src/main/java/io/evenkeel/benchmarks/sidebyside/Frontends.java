package io.evenkeel.benchmarks.sidebyside;

import java.net.InetSocketAddress;

/**
 * Where a proxy listens.
 *
 * @param web before the two web servers
 * @param upload before the sink
 */
record Frontends(InetSocketAddress web, InetSocketAddress upload) {
    /** What to ask for, such as {@code http://127.70.2.1:8000/}. */
    String url(String path) {
        return "http://" + Place.text(web) + path;
    }
}
