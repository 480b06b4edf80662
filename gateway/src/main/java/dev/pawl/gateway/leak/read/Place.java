package dev.pawl.gateway.leak.read;

/** Where in a request the bytes stand that are read now. Not thread-safe. */
final class Place {
    private String now;

    Place(String now) {
        this.now = now;
    }

    String now() {
        return now;
    }

    void become(String next) {
        now = next;
    }
}
