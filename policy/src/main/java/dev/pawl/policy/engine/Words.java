package dev.pawl.policy.engine;

import dev.pawl.policy.cedar.EntityUid;
import java.util.Map;
import java.util.Set;

/** The names of the schema: types, actions and their groups. docs/policy.md explains them. */
final class Words {
    static final String ORGANIZATION = "Organization";
    static final String AGENT = "Agent";
    static final String ZONE = "Zone";
    static final String DOMAIN = "Domain";
    static final String HOST = "Host";
    static final String ADDRESS = "Address";
    static final String PATH = "Path";
    static final String PROGRAM = "Program";
    static final String SOCKET = "Socket";
    static final String SERVER = "Server";
    static final String TOOL = "Tool";

    static final EntityUid RESOLVE = action("resolve");
    static final EntityUid CONNECT = action("connect");
    static final EntityUid DIAL = action("dial");
    static final EntityUid REQUEST = action("request");
    static final EntityUid LEAK = action("leak");
    static final EntityUid SPEND = action("spend");
    static final EntityUid SPEAK = action("speak");
    static final EntityUid CONNECT_SOCKET = action("connect-socket");
    static final EntityUid CALL_TOOL = action("call-tool");
    static final EntityUid EXEC = action("exec");
    static final EntityUid MOUNT_READ = action("mount-read");
    static final EntityUid MOUNT_WRITE = action("mount-write");
    static final EntityUid NETWORK = action("network");
    static final EntityUid FILES = action("files");

    /** Each action that belongs to a group, and its group. */
    static final Map<EntityUid, Set<EntityUid>> GROUPS = Map.of(
            RESOLVE, Set.of(NETWORK),
            CONNECT, Set.of(NETWORK),
            DIAL, Set.of(NETWORK),
            REQUEST, Set.of(NETWORK),
            LEAK, Set.of(NETWORK),
            SPEND, Set.of(NETWORK),
            SPEAK, Set.of(NETWORK),
            CONNECT_SOCKET, Set.of(NETWORK),
            MOUNT_READ, Set.of(FILES),
            MOUNT_WRITE, Set.of(FILES));

    private Words() {}

    private static EntityUid action(String id) {
        return new EntityUid("Action", id);
    }
}
