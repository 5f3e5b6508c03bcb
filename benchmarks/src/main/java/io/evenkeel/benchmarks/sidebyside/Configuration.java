package io.evenkeel.benchmarks.sidebyside;

import java.nio.file.Path;

/**
 * The configuration file of a contestant: two threads or workers, room for all connections, no log, and health checks where there are
 * any, as somebody who knows the product would have it. Timeouts are long enough for sessions that idle while memory is measured.
 */
enum Configuration {
    HAPROXY {
        @Override
        String text(Place place, Frontends frontends, Path directory) {
            return haproxy(place, frontends, "");
        }
    },
    HAPROXY_SPLICE {
        @Override
        String text(Place place, Frontends frontends, Path directory) {
            return haproxy(place, frontends, "    option splice-auto\n");
        }
    },
    NGINX_STREAM {
        @Override
        String text(Place place, Frontends frontends, Path directory) {
            return """
                    load_module %s;
                    daemon off;
                    worker_processes 2;
                    worker_rlimit_nofile %d;
                    pid %s/nginx.pid;
                    error_log stderr warn;
                    events { worker_connections %d; }
                    stream {
                        access_log off;
                        proxy_connect_timeout 5s;
                        proxy_timeout 300s;
                        upstream servers { server %s; server %s; }
                        upstream sinks { server %s; }
                        server { listen %s reuseport backlog=4096; proxy_pass servers; }
                        server { listen %s reuseport backlog=4096; proxy_pass sinks; }
                    }
                    """
                    .formatted(
                            Programs.STREAM_MODULE,
                            DESCRIPTORS,
                            directory,
                            2 * CONNECTIONS,
                            Place.text(place.backends().get(0)),
                            Place.text(place.backends().get(1)),
                            Place.text(place.sink()),
                            Place.text(frontends.web()),
                            Place.text(frontends.upload()));
        }
    };

    /** What fits into the descriptors when each takes two of them, and HAProxy's pipes half a one. */
    private static final int CONNECTIONS = 7500;

    private static final int DESCRIPTORS = 20_000;

    /**
     * Its text.
     *
     * @param directory where the proxy may leave files
     */
    abstract String text(Place place, Frontends frontends, Path directory);

    private static String haproxy(Place place, Frontends frontends, String option) {
        return """
                global
                    nbthread 2
                    maxconn %d
                defaults
                    mode tcp
                %s    timeout connect 5s
                    timeout client 300s
                    timeout server 300s
                frontend web
                    bind %s
                    default_backend servers
                frontend uploads
                    bind %s
                    default_backend sinks
                backend servers
                    balance roundrobin
                    server one %s check
                    server two %s check
                backend sinks
                    server one %s check
                """
                .formatted(
                        CONNECTIONS,
                        option,
                        Place.text(frontends.web()),
                        Place.text(frontends.upload()),
                        Place.text(place.backends().get(0)),
                        Place.text(place.backends().get(1)),
                        Place.text(place.sink()));
    }

    /** The file of the two web servers. Bodies are in memory or come by sendfile, so that the proxies are what limits. */
    static String backend(Place place, int number, Path directory) {
        return """
                daemon off;
                worker_processes 1;
                worker_rlimit_nofile %d;
                pid %s/nginx.pid;
                error_log stderr error;
                events { worker_connections %d; }
                http {
                    access_log off;
                    sendfile on;
                    sendfile_max_chunk 1m;
                    keepalive_timeout 600s;
                    keepalive_requests 1000000000;
                    client_body_temp_path %s/body;
                    proxy_temp_path %s/proxy;
                    fastcgi_temp_path %s/fastcgi;
                    uwsgi_temp_path %s/uwsgi;
                    scgi_temp_path %s/scgi;
                    server {
                        listen %s backlog=4096;
                        location = / { return 200 "hello"; }
                        location / { root %s; }
                    }
                }
                """
                .formatted(
                        DESCRIPTORS,
                        directory,
                        2 * CONNECTIONS,
                        directory,
                        directory,
                        directory,
                        directory,
                        directory,
                        Place.text(place.backends().get(number)),
                        directory.resolveSibling("www"));
    }
}
