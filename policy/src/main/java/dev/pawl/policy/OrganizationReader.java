package dev.pawl.policy;

import dev.pawl.core.Boundary;
import dev.pawl.core.Cidr;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Reads the root of an organisation file and puts its parts together. For one file. */
final class OrganizationReader {
    static final List<String> KEYS = List.of("organization", "zones", "grants", "boundaries", "limits", "approvers");
    static final List<String> ZONE_KEYS = List.of("id", "because", "boundary", "networks", "hosts", "paths", "agents");
    static final List<String> BOUNDARY_KEYS = List.of("add", "lift");
    static final List<String> LIFT_KEYS = List.of("boundary", "agents", "because");
    static final List<String> APPROVER_KEYS = List.of("user", "group");

    private static final int LONGEST_NAME = 200;
    private static final int LONGEST_PATTERN = 300;
    private static final int LONGEST_PATH = 4096;
    private static final String ACCOUNT = "[A-Za-z0-9_][A-Za-z0-9._@-]{0,63}";

    private final Problems problems;
    private final Surroundings surroundings;
    private final Paths paths;

    OrganizationReader(Problems problems, Surroundings surroundings) {
        this.problems = problems;
        this.surroundings = surroundings;
        this.paths = new Paths(surroundings);
    }

    /**
     * The organisation of a file's bytes.
     *
     * @param policies what lies beside the file
     */
    Organization read(String source, byte[] bytes, List<PolicyFile> policies) throws CharterException {
        Node node = new YamlText(problems).read(bytes).orElseThrow(problems::exception);
        Section root = new Value(node, "", problems).section(KEYS).orElseThrow(problems::exception);
        Optional<String> name = root.required("organization")
                .flatMap(value -> value.text(LONGEST_NAME, "the organisation's name, one line, is allowed"));
        Set<String> ids = new LinkedHashSet<>();
        ids.addAll(StandardBoundaries.ids());
        Optional<Section> section = root.get("boundaries").flatMap(value -> value.section(BOUNDARY_KEYS));
        List<Boundary> added = section.flatMap(boundaries -> boundaries.get("add"))
                .map(list -> new BoundaryReader(surroundings).added(list, ids))
                .orElse(List.of());
        added.forEach(boundary -> ids.add(boundary.id()));
        List<Lift> lifts = section.flatMap(boundaries -> boundaries.get("lift"))
                .map(list -> lifts(list, ids))
                .orElse(List.of());
        List<Zone> zones = root.get("zones").map(list -> zones(list, ids)).orElse(List.of());
        Limits limits = LimitsReader.read(root);
        DefaultGrants grants = new DefaultGrantsReader(surroundings, limits).read(root);
        List<Approver> approvers =
                root.get("approvers").map(OrganizationReader::approvers).orElse(List.of());
        problems.throwIfAny();
        return new Organization(name.orElseThrow(), zones, grants, added, lifts, limits, approvers, policies, source);
    }

    private List<Zone> zones(Value list, Set<String> boundaries) {
        Set<String> seen = new HashSet<>();
        List<Zone> zones = new ArrayList<>();
        for (Value item : list.items()) {
            item.section(ZONE_KEYS)
                    .flatMap(section -> zone(section, seen, boundaries))
                    .ifPresent(zones::add);
        }
        return zones;
    }

    private Optional<Zone> zone(Section section, Set<String> seen, Set<String> boundaries) {
        Optional<String> id = section.required("id").flatMap(value -> zoneId(value, seen));
        Optional<String> because = section.required("because").flatMap(BoundaryReader::sentence);
        String boundary = section.get("boundary")
                .flatMap(value -> known(value, boundaries))
                .orElse(Zone.DEFAULT_BOUNDARY);
        List<Cidr> networks = section.texts("networks", LONGEST_PATTERN, NetworkReader::cidr);
        List<String> hosts = section.texts("hosts", LONGEST_PATTERN, HostNames::pattern);
        List<Path> fixed = section.texts("paths", LONGEST_PATH, paths::fixed);
        List<String> agents = section.get("agents").map(this::agents).orElse(List.of());
        if (!section.values().containsKey("networks")
                && !section.values().containsKey("hosts")
                && !section.values().containsKey("paths")) {
            section.self().problem("holds nothing; give it networks, hosts or paths");
        }
        if (id.isEmpty() || because.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Zone(id.get(), because.get(), boundary, networks, hosts, fixed, agents));
    }

    private static Optional<String> zoneId(Value value, Set<String> seen) {
        String allowed = "up to 64 lower-case letters and digits, with hyphens between words, are allowed";
        Optional<String> text = value.text(64, allowed);
        if (text.isPresent() && !text.get().matches(BoundaryReader.ID)) {
            value.problem("is " + Shown.quote(text.get()) + "; " + allowed + ", such as production");
            return Optional.empty();
        }
        if (text.isPresent() && !seen.add(text.get())) {
            value.problem("is " + Shown.quote(text.get()) + ", which another zone is called; choose another id");
            return Optional.empty();
        }
        return text;
    }

    private static Optional<String> known(Value value, Collection<String> boundaries) {
        Optional<String> id = value.text(64, "the id of a boundary is allowed");
        if (id.isPresent() && !boundaries.contains(id.get())) {
            value.problem("is " + Shown.quote(id.get()) + ", and no boundary has that id; known: "
                    + String.join(", ", boundaries) + Nearest.hint(id.get(), boundaries));
            return Optional.empty();
        }
        return id;
    }

    private List<Lift> lifts(Value list, Set<String> boundaries) {
        List<Lift> lifts = new ArrayList<>();
        for (Value item : list.items()) {
            Optional<Section> section = item.section(LIFT_KEYS);
            Optional<String> boundary =
                    section.flatMap(keys -> keys.required("boundary")).flatMap(value -> known(value, boundaries));
            Optional<List<String>> agents =
                    section.flatMap(keys -> keys.required("agents")).map(this::agents);
            Optional<String> because =
                    section.flatMap(keys -> keys.required("because")).flatMap(BoundaryReader::sentence);
            if (boundary.isPresent() && agents.isPresent() && because.isPresent()) {
                lifts.add(new Lift(boundary.get(), agents.get(), because.get()));
            }
        }
        return lifts;
    }

    private List<String> agents(Value list) {
        List<String> agents = new ArrayList<>();
        for (Value item : list.items()) {
            CharterReader.agent(item).ifPresent(agents::add);
        }
        return agents;
    }

    private static List<Approver> approvers(Value list) {
        if (list.node() instanceof SequenceNode sequence && sequence.getValue().isEmpty()) {
            list.problem("is an empty list, so nobody could answer; leave the key out for who holds a run, and root");
        }
        List<Approver> approvers = new ArrayList<>();
        for (Value item : list.items()) {
            Optional<Section> section = item.section(APPROVER_KEYS);
            if (section.isEmpty()) {
                continue;
            }
            if (section.get().keys().size() != 1) {
                item.problem("has to name one user or one group: write {user: dana} or {group: ops}");
                continue;
            }
            section.get()
                    .get("user")
                    .flatMap(OrganizationReader::account)
                    .ifPresent(name -> approvers.add(new Approver.User(name)));
            section.get()
                    .get("group")
                    .flatMap(OrganizationReader::account)
                    .ifPresent(name -> approvers.add(new Approver.Group(name)));
        }
        return approvers;
    }

    private static Optional<String> account(Value value) {
        String allowed = "the name of an account or group of this machine is allowed";
        Optional<String> name = value.text(64, allowed);
        if (name.isPresent() && !name.get().matches(ACCOUNT)) {
            value.problem("is " + Shown.quote(name.get()) + "; " + allowed);
            return Optional.empty();
        }
        return name;
    }
}
