package dev.pawl.policy.engine;

import dev.pawl.core.Boundary;
import dev.pawl.core.Charter;
import dev.pawl.policy.CharterException;
import dev.pawl.policy.Lift;
import dev.pawl.policy.Organization;
import dev.pawl.policy.PolicyBundle;
import dev.pawl.policy.PolicyFile;
import dev.pawl.policy.Shown;
import dev.pawl.policy.StandardBoundaries;
import dev.pawl.policy.Zone;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Makes a bundle's rules, in the order in which they name decisions: of all rules that apply to an attempt, the first
 * one here is the one a decision names. For one bundle.
 */
final class Compiler {
    private final Charter charter;
    private final Organization organization;
    private final PolicyBundle bundle;
    private final OwnPolicies own;
    private final List<Section> sections = new ArrayList<>();

    private Compiler(PolicyBundle bundle) {
        this.bundle = bundle;
        this.charter = bundle.charter();
        this.organization = bundle.organization();
        Set<String> boundaries = new LinkedHashSet<>();
        boundaries.addAll(StandardBoundaries.ids());
        Stream.of(organization.boundaries(), charter.boundaries())
                .flatMap(List::stream)
                .forEach(boundary -> boundaries.add(boundary.id()));
        this.own = new OwnPolicies(boundaries);
    }

    /**
     * The sections of all rules.
     *
     * @throws CharterException if policies somebody wrote are no Cedar, or two rules have one name
     */
    static List<Section> compile(PolicyBundle bundle) throws CharterException {
        Compiler compiler = new Compiler(bundle);
        compiler.permissions();
        compiler.prohibitions();
        compiler.written();
        compiler.own.distinct(rules(compiler.sections));
        return compiler.sections;
    }

    /** All rules of these sections, in order. */
    static List<Rule> rules(List<Section> sections) {
        List<Rule> rules = new ArrayList<>();
        sections.forEach(section -> section.rules().forEach(written -> rules.add(written.rule())));
        return List.copyOf(rules);
    }

    private void permissions() {
        // First, so that what stays inside a run is never taken for a grant to the outside.
        section("What stays inside the run.", Permissions.inside());
        section("Granted by " + Shown.clean(charter.source()) + ".", Permissions.granted(charter, organization, true));
        section("Granted to every agent by " + called() + ".", Permissions.granted(charter, organization, false));
        section("Where granted names may lead.", Permissions.open());
        section("What granted connections may speak.", Permissions.spoken());
    }

    private void prohibitions() {
        section("What the sandbox never lets through.", Prohibitions.sandbox());
        section("Never to be called, says " + Shown.clean(charter.source()) + ".", Prohibitions.tools(charter.tools()));
        List<Boundary> held = bundle.boundaries();
        for (Boundary boundary : held) {
            List<Section.Written> rules = new ArrayList<>();
            Prohibitions.boundary(boundary).forEach(text -> rules.add(Section.Written.of(text)));
            String cedar = boundary.forbidden().cedar();
            if (!cedar.isEmpty()) {
                own.of("boundary " + boundary.id(), boundary.id(), boundary.because(), cedar)
                        .forEach(rule -> rules.add(new Section.Written(rule, "")));
            }
            add("Boundary " + boundary.id() + ". Never: " + boundary.never() + ".", rules);
        }
        for (Lift lift : organization.lifts()) {
            if (lift.agents().contains(charter.agent())) {
                String title = "Boundary " + lift.boundary() + " does not hold for " + charter.agent() + ", says "
                        + called() + ": " + lift.because();
                sections.add(new Section(title, List.of()));
            }
        }
        for (Zone zone : organization.zones()) {
            section("Zone " + zone.id() + " of " + called() + ".", List.of(Prohibitions.zone(zone)));
        }
        organization
                .limits()
                .hosts()
                .ifPresent(hosts -> section(
                        "The only hosts that " + called() + " allows.",
                        List.of(Prohibitions.limitedTo(hosts, organization.name()))));
        // After the boundaries' own networks: theirs is the better reason. One boundary stands behind all of it.
        if (!organization.lifts(Prohibitions.LATERAL, charter.agent())) {
            section(
                    "Addresses that are not the open Internet.",
                    List.of(Prohibitions.privateAddress(charter.network().addresses())));
        }
    }

    /** What was written as Cedar: the charter's before the organisation's. */
    private void written() {
        for (PolicyFile file : bundle.policies()) {
            written(file, "From " + Shown.clean(file.source()) + ".");
        }
        for (PolicyFile file : organization.policies()) {
            written(file, "From " + Shown.clean(file.source()) + " of " + called() + ".");
        }
    }

    private void written(PolicyFile file, String title) {
        List<Section.Written> rules = new ArrayList<>();
        own.of(file).forEach(rule -> rules.add(new Section.Written(rule, "")));
        add(title, rules);
    }

    private void section(String title, List<String> texts) {
        List<Section.Written> rules = new ArrayList<>();
        texts.forEach(text -> rules.add(Section.Written.of(text)));
        add(title, rules);
    }

    private void add(String title, List<Section.Written> rules) {
        if (!rules.isEmpty()) {
            sections.add(new Section(title, rules));
        }
    }

    private String called() {
        return organization.name() + " (" + Shown.clean(organization.source()) + ")";
    }
}
