package dev.pawl.gateway;

import java.net.InetAddress;
import java.util.List;

/** What a real name server said about a name. */
sealed interface Resolution {
    /** The name exists; the list is empty if it has no address. */
    record Found(List<InetAddress> addresses) implements Resolution {
        public Found {
            addresses = List.copyOf(addresses);
        }
    }

    /** There is no such name. */
    record Missing() implements Resolution {}

    /** No answer, or one that says nothing about the name. */
    record Failed() implements Resolution {}
}
