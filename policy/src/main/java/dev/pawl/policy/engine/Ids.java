package dev.pawl.policy.engine;

import java.util.Set;

/** Names of rules that are no grants. Events carry them; they do not change. */
public final class Ids {
    /** The rule of a denial because nothing grants the attempt. */
    public static final String DEFAULT = "default";

    /** The rule of a denial because the policy could not be evaluated. */
    public static final String POLICY_ERROR = "policy-error";

    /** The rule that lets programs of a run talk to each other over its own loopback. */
    public static final String SANDBOX_LOOPBACK = "sandbox-loopback";

    /** The rule that lets programs of a run talk to each other over unix sockets. */
    public static final String SANDBOX_SOCKET = "sandbox-socket";

    /** The rule that lets names lead to ordinary addresses, and routes anywhere. */
    public static final String OPEN_ADDRESS = "open-address";

    /** The rule that lets a granted connection speak what its grant lets flow. */
    public static final String SPOKEN = "spoken";

    /** The rule that lets programs start; what they do is decided when they do it. */
    public static final String EXEC = "exec";

    /** The rule that shows the workspace. */
    public static final String WORKSPACE = "workspace";

    /** The rule against datagrams to the outside. */
    public static final String UDP = "udp";

    /** The rule against letting out what the run itself marked: decoys, stand-ins, values of secrets. */
    public static final String LEAK_MARKED = "leak.marked";

    /** The rule against unix sockets of the host. */
    public static final String HOST_SOCKET = "host-socket";

    /** The rule against addresses that are not the open Internet. */
    public static final String PRIVATE_ADDRESS = "private-address";

    /** The rule against hosts an organisation does not allow. */
    public static final String LIMITS_HOSTS = "limits.hosts";

    /** What no rule of somebody's own may be called: other parts of Pawl decide under these names. */
    static final Set<String> RESERVED = Set.of(
            DEFAULT,
            POLICY_ERROR,
            EXEC,
            PRIVATE_ADDRESS,
            LIMITS_HOSTS,
            "not-ready",
            "placeholder-misused",
            "decoy-used",
            "leak",
            "spend-unclear",
            "unresolved",
            "protocol-mismatch",
            "name-mismatch",
            "budget.egress",
            "budget.model.calls",
            "budget.model.tokens",
            "budget.model.money",
            "limits.model.owner.calls",
            "limits.model.owner.tokens",
            "limits.model.owner.money",
            "limits.model.organization.calls",
            "limits.model.organization.tokens",
            "limits.model.organization.money",
            "malformed-name",
            "gateway-closed",
            "record-failed",
            "record-full",
            "approved.once",
            "approved.run",
            "refused",
            "ask.expired",
            "ask.stopped",
            "ask.limit",
            "ask.failed",
            "ask.changed",
            "ask.gone");

    private Ids() {}
}
