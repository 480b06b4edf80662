package dev.pawl.ledger.ocsf;

/** Classes of OCSF events that are written, by their numbers in the schema. */
enum OcsfClass {
    BASE(0, 0),
    FILE_ACTIVITY(1, 1001),
    PROCESS_ACTIVITY(1, 1007),
    DETECTION_FINDING(2, 2004),
    NETWORK_ACTIVITY(4, 4001),
    HTTP_ACTIVITY(4, 4002),
    DNS_ACTIVITY(4, 4003),
    API_ACTIVITY(6, 6003);

    private final int category;
    private final int uid;

    OcsfClass(int category, int uid) {
        this.category = category;
        this.uid = uid;
    }

    int category() {
        return category;
    }

    int uid() {
        return uid;
    }

    /** Whether the profile ai_operation may be applied: base events and findings do not have it. */
    boolean hasAgent() {
        return category != 0 && category != 2;
    }
}
