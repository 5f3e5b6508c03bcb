/* The least that an Active can do: waits for the next time, sends, and waits again. Usage: least ADDRESS MILLISECONDS */
#include <arpa/inet.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <time.h>

int main(int count, char **words)
{
    if (count != 3)
        return 2;
    int from = socket(AF_INET, SOCK_RAW, 112), off = 0;
    struct in_addr source;
    struct sockaddr_in group = {.sin_family = AF_INET};
    inet_aton(words[1], &source);
    inet_aton("224.0.0.18", &group.sin_addr);
    setsockopt(from, IPPROTO_IP, IP_MULTICAST_IF, &source, sizeof source);
    setsockopt(from, IPPROTO_IP, IP_MULTICAST_LOOP, &off, sizeof off);
    /* VRID 200, of which nobody here is. */
    unsigned char message[12] = {0x31, 200, 100, 1, 0, 1};
    struct timespec next;
    clock_gettime(CLOCK_MONOTONIC, &next);
    for (;;) {
        next.tv_nsec += atol(words[2]) * 1000000;
        next.tv_sec += next.tv_nsec / 1000000000;
        next.tv_nsec %= 1000000000;
        clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &next, NULL);
        if (sendto(from, message, sizeof message, 0, (struct sockaddr *)&group, sizeof group) < 0)
            return 1;
    }
}
