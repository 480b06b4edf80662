package dev.pawl.policy;

import dev.pawl.core.AddressGrant;
import dev.pawl.core.Boundary;
import dev.pawl.core.Budget;
import dev.pawl.core.Charter;
import dev.pawl.core.HostGrant;
import dev.pawl.core.Protocol;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The policy of a run that is watched to learn what it needs: the same bundle with permits beside it, in the same
 * language, for the same engine. Whoever holds a bundle can ask whether it is open, and has to say so.
 */
public final class OpenPolicy {
    /** Where the rules of {@link #FILE} are said to come from. */
    public static final String SOURCE = "learning policy";

    /** Begins the ids of its rules. */
    public static final String PREFIX = "learning.";

    /** The boundary of a learned charter that keeps names which were only looked up from being connected to. */
    public static final String NAMES_ONLY = "learned-names-only";

    private static final PolicyFile FILE = new PolicyFile(SOURCE, text());

    private OpenPolicy() {}

    /**
     * The bundle, open. Its charter names no programs, since the file system would hold those; and what it grants carries
     * any protocol, since the first grant that covers a connection says what flows.
     */
    public static PolicyBundle of(PolicyBundle bundle) {
        List<PolicyFile> policies = new ArrayList<>(bundle.policies());
        policies.add(FILE);
        return new PolicyBundle(opened(bundle.charter()), bundle.organization(), policies);
    }

    /** Whether a bundle is open. What somebody else wrote is not taken for it, whatever it is called. */
    public static boolean isOpen(PolicyBundle bundle) {
        return bundle.policies().stream().anyMatch(FILE::equals);
    }

    /** What is open in a bundle and what is not, as lines for whoever starts the run; none where it is not open. */
    public static List<String> warning(PolicyBundle bundle) {
        return isOpen(bundle) ? lines(bundle) : List.of();
    }

    private static List<String> lines(PolicyBundle bundle) {
        Charter charter = bundle.charter();
        String boundaries = bundle.boundaries().stream().map(Boundary::id).collect(Collectors.joining(", "));
        Stream<String> above = Stream.concat(
                bundle.organization().zones().stream().map(zone -> "zone " + zone.id()),
                bundle.organization().limits().hosts().stream().map(_ -> "the organisation's list of hosts"));
        String also = above.collect(Collectors.joining(", "));
        return List.of(
                "LEARNING: " + charter.agent() + " runs OPEN. Data can leave to any public host.",
                "  open: every name may be asked; every public address may be connected to, by TCP, on every port and with"
                        + " every protocol; every program that the sandbox shows, or that the agent brings, may start;"
                        + " nobody is asked about any of that",
                "  still forbidden: " + boundaries + (also.isEmpty() ? "" : ", " + also)
                        + "; private, loopback, link-local and metadata addresses; datagrams; unix sockets of the host",
                "  still as the charter says (" + Shown.clean(charter.source()) + "): files, environment, "
                        + budget(charter.budget()));
    }

    private static String budget(Budget budget) {
        List<String> limits = new ArrayList<>();
        budget.wall().ifPresent(wall -> limits.add("wall " + Amounts.text(wall)));
        budget.cpu().ifPresent(cpu -> limits.add("cpu " + Amounts.text(cpu)));
        budget.memoryBytes().ifPresent(bytes -> limits.add("memory " + Amounts.text(bytes)));
        limits.add("processes " + budget.processes());
        limits.add(budget.egressBytes()
                .map(bytes -> "egress " + Amounts.text(bytes))
                .orElse("no limit on what is sent"));
        budget.model().forEach(limit -> limits.add(limit.measure().text() + " " + ModelAmounts.text(limit)));
        return "budget (" + String.join(", ", limits) + ")";
    }

    private static Charter opened(Charter charter) {
        return new Charter(
                charter.agent(),
                charter.owner(),
                charter.purpose(),
                charter.workspace(),
                charter.files(),
                new Charter.NetworkGrants(
                        charter.network().allow().stream()
                                .map(OpenPolicy::anyProtocol)
                                .toList(),
                        charter.network().addresses().stream()
                                .map(OpenPolicy::anyProtocol)
                                .toList(),
                        charter.network().routes(),
                        charter.network().authorities(),
                        charter.network().resolver()),
                Optional.empty(),
                charter.env(),
                charter.budget(),
                charter.asks(),
                charter.boundaries(),
                charter.instructions(),
                charter.secrets(),
                charter.tools(),
                charter.source());
    }

    private static HostGrant anyProtocol(HostGrant grant) {
        // Requests that are read stay read: what they carry may be a secret of the owner.
        return own(grant.id()) && grant.inspection().isEmpty()
                ? new HostGrant(grant.id(), grant.host(), grant.port(), Protocol.TCP, grant.ask())
                : grant;
    }

    private static AddressGrant anyProtocol(AddressGrant grant) {
        return own(grant.id())
                ? new AddressGrant(grant.id(), grant.range(), grant.port(), Protocol.TCP, grant.ask())
                : grant;
    }

    /** An organisation's grants are not the charter's to widen. */
    private static boolean own(String id) {
        return !id.startsWith(DefaultGrants.PREFIX);
    }

    private static String text() {
        try (InputStream in =
                Objects.requireNonNull(OpenPolicy.class.getResourceAsStream("learning.cedar"), "learning.cedar")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException("the learning policy cannot be read", e);
        }
    }
}
