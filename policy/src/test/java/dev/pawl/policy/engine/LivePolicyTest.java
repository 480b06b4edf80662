package dev.pawl.policy.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pawl.core.Attempt;
import dev.pawl.core.Decision;
import dev.pawl.core.Policy;
import dev.pawl.core.Protocol;
import dev.pawl.core.Terms;
import dev.pawl.policy.Approver;
import dev.pawl.policy.Attempts;
import dev.pawl.policy.BundleSource;
import dev.pawl.policy.CharterException;
import dev.pawl.policy.PolicyBundle;
import dev.pawl.policy.Surroundings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Policy that changes while a run lives. */
final class LivePolicyTest implements LivePolicy.Listener {
    private static final String HEAD =
            "agent: fixer\nowner: {name: Ada}\npurpose: Fix failing tests\nworkspace: work\n";
    private static final String ALPHA = HEAD + "network: {allow: [{host: alpha.example}]}\n";
    private static final String BETA = HEAD + "network: {allow: [{host: beta.example}]}\n";

    @TempDir
    private Path temporary;

    private Path charter = Path.of("");
    private final List<String> told = new ArrayList<>();
    private final Deque<Runnable> whileWaiting = new ArrayDeque<>();

    @BeforeEach
    void set() throws IOException {
        charter = temporary.resolve("charter.yaml");
        Files.createDirectories(temporary.resolve("work"));
        Files.createDirectories(temporary.resolve("state"));
        Files.writeString(charter, ALPHA);
    }

    @Test
    void theNextAttemptAfterAnEditIsDecidedByIt() throws Exception {
        LivePolicy policy = policy();
        assertThat(allows(policy, "alpha.example")).isTrue();
        Files.writeString(charter, BETA);
        assertThat(allows(policy, "alpha.example")).isFalse();
        assertThat(allows(policy, "beta.example")).isTrue();
        assertThat(told).containsExactly("changed");
    }

    @Test
    void asItIsNowItHoldsWhatWasEditedBeforeAndNothingLater() throws Exception {
        LivePolicy policy = policy();
        Files.writeString(charter, BETA);
        Policy now = policy.now();
        assertThat(told).containsExactly("changed");
        Files.writeString(charter, ALPHA);
        assertThat(allows(now, "beta.example")).isTrue();
        assertThat(allows(now, "alpha.example")).isFalse();
        assertThat(allows(policy.now(), "alpha.example")).isTrue();
    }

    @Test
    void aBrokenEditKeepsTheOldPolicyWholeAndSaysSoOnce() throws Exception {
        LivePolicy policy = policy();
        for (String broken : List.of(
                "",
                BETA + "netwrok: {}\n",
                "\u0000",
                BETA.replace("purpose", "porpoise"),
                BETA.replace("fixer", "other"))) {
            told.clear();
            Files.writeString(charter, broken);
            assertThat(allows(policy, "alpha.example")).as(broken).isTrue();
            assertThat(allows(policy, "beta.example")).as(broken).isFalse();
            assertThat(told).as(broken).singleElement().asString().startsWith("refused " + charter);
        }
        Files.writeString(charter, BETA);
        assertThat(allows(policy, "beta.example")).isTrue();
    }

    @Test
    void aCharterThatIsGoneOrALinkToNothingKeepsTheOldPolicy() throws Exception {
        LivePolicy policy = policy();
        Files.delete(charter);
        assertThat(allows(policy, "alpha.example")).isTrue();
        assertThat(allows(policy, "beta.example")).isFalse();
        Files.createSymbolicLink(charter, temporary.resolve("nowhere"));
        assertThat(allows(policy, "alpha.example")).isTrue();
        assertThat(told).allMatch(line -> line.startsWith("refused")).isNotEmpty();
    }

    @Test
    void policiesBesideTheCharterCountAsSoonAsTheyAreThereAndAsTheyAre() throws Exception {
        LivePolicy policy = policy();
        Path policies = Files.createDirectories(temporary.resolve("policies"));
        Path file = policies.resolve("a.cedar");
        Files.writeString(file, "forbid (principal, action, resource == Host::\"alpha.example\");");
        assertThat(allows(policy, "alpha.example")).isFalse();
        Files.writeString(file, "forbid (principal, action, resource == Host::\"alpha.example\"");
        assertThat(allows(policy, "alpha.example")).as("broken").isFalse();
        assertThat(told).last().asString().contains("a.cedar:1:");
        Files.delete(file);
        assertThat(allows(policy, "alpha.example")).isTrue();
    }

    @Test
    void anOrganisationFileThatAppearsStandsAboveTheCharter() throws Exception {
        LivePolicy policy = policy();
        Files.writeString(temporary.resolve("state/organization.yaml"), """
                organization: Example
                zones: [{id: secret, because: Not theirs, hosts: [alpha.example]}]
                """);
        assertThat(allows(policy, "alpha.example")).isFalse();
    }

    /** Nothing has to be attempted for that: the question may be the run's last. */
    @Test
    void anApproverWhoIsTakenOffIsOffAtOnce() throws Exception {
        Path organization = temporary.resolve("state/organization.yaml");
        Files.writeString(organization, "organization: Example\napprovers: [{user: dana}, {user: eve}]\n");
        LivePolicy policy = policy();
        assertThat(policy.bundle().organization().approvers()).hasSize(2);
        Files.writeString(organization, "organization: Example\napprovers: [{user: dana}]\n");
        assertThat(policy.bundle().organization().approvers()).containsExactly(new Approver.User("dana"));
        assertThat(told).containsExactly("changed");
    }

    @Test
    void aGrantThatAsksFromNowOnAsksFromTheNextAttemptOn() throws Exception {
        LivePolicy policy = policy();
        Attempt attempt = Attempts.named("alpha.example", 443);
        assertThat(policy.decide(attempt).verdict()).isEqualTo(Decision.Verdict.ALLOW);
        write(ALPHA.replace("alpha.example}", "alpha.example, protocol: tcp, ask: true}"));
        assertThat(policy.decide(attempt).verdict()).isEqualTo(Decision.Verdict.ASK);
        assertThat(policy.termsOf("network.allow[0]").map(Terms::protocol)).contains(Protocol.TCP);
    }

    @Test
    void whatTheAgentCouldHaveWrittenDoesNotCountInThisRun() throws Exception {
        Path inside = Files.writeString(temporary.resolve("work/charter.yaml"), ALPHA.replace("workspace: work\n", ""));
        charter = inside;
        LivePolicy policy = policy();
        Path policies = Files.createDirectories(temporary.resolve("work/policies"));
        Files.writeString(policies.resolve("junk.cedar"), "this is not Cedar");
        Files.writeString(inside, BETA.replace("workspace: work\n", ""));
        assertThat(allows(policy, "alpha.example")).isFalse();
        assertThat(allows(policy, "beta.example")).isTrue();
    }

    @Test
    void aPermitWhereTheAgentMayWriteIsRefused() throws Exception {
        charter = Files.writeString(temporary.resolve("work/charter.yaml"), ALPHA.replace("workspace: work\n", ""));
        Path policies = Files.createDirectories(temporary.resolve("work/policies"));
        Files.writeString(policies.resolve("a.cedar"), "permit (principal, action, resource);");
        assertThatThrownBy(this::policy).isInstanceOf(CharterException.class).hasMessageContaining("a.cedar");
        Files.writeString(
                policies.resolve("a.cedar"), "forbid (principal, action, resource == Host::\"alpha.example\");");
        assertThat(allows(policy(), "alpha.example")).isFalse();
    }

    @Test
    void anEditIsWaitedForUntilItIsWhole() throws Exception {
        LivePolicy policy = policy();
        String whole = BETA + "boundaries:\n  - id: no-gamma\n    never: See gamma\n    because: Because\n"
                + "    hosts: [gamma.example]\n    drill: [resolve gamma.example]\n";
        write(BETA.substring(0, BETA.indexOf("network")));
        whileWaiting.add(() -> write(BETA));
        whileWaiting.add(() -> write(whole));
        assertThat(allows(policy, "beta.example")).isTrue();
        assertThat(told).containsExactly("changed");
        assertThat(policy.bundle().charter().boundaries()).hasSize(1);
    }

    @Test
    void aFileThatNeverSettlesLeavesTheOldPolicyInForce() throws Exception {
        LivePolicy policy = policy();
        for (int i = 0; i < 100; i++) {
            String text = BETA + "# " + "x".repeat(i) + "\n";
            whileWaiting.add(() -> write(text));
        }
        write(BETA + "#\n");
        assertThat(allows(policy, "alpha.example")).isTrue();
        assertThat(told).isEmpty();
        whileWaiting.clear();
        assertThat(allows(policy, "beta.example")).isTrue();
    }

    @Test
    void aChangeBetweenReadingAndTheFirstAttemptIsSeen() throws Exception {
        LivePolicy policy = policy();
        write(BETA);
        assertThat(allows(policy, "beta.example")).isTrue();
    }

    @Test
    void aSourceThatThrowsAnythingKeepsTheOldPolicy() throws Exception {
        BundleSource real = source();
        List<Throwable> faults = new ArrayList<>();
        LivePolicy policy = new LivePolicy(
                new LivePolicy.Source() {
                    @Override
                    public PolicyBundle load() throws CharterException {
                        if (!faults.isEmpty() && faults.getFirst() instanceof RuntimeException fault) {
                            throw fault;
                        }
                        if (!faults.isEmpty() && faults.getFirst() instanceof Error fault) {
                            throw fault;
                        }
                        return real.load();
                    }

                    @Override
                    public List<Path> files() {
                        return real.files();
                    }
                },
                this::waiting);
        policy.listen(this);
        for (Throwable fault : List.of(new IllegalStateException("x"), new StackOverflowError("y"))) {
            faults.clear();
            faults.add(fault);
            write(BETA + "# " + fault + "\n");
            assertThat(allows(policy, "alpha.example")).isTrue();
            assertThat(told).last().asString().startsWith("refused the policy could not be read");
        }
    }

    @Override
    public void changed(PolicyBundle before, PolicyBundle after) {
        told.add("changed");
    }

    @Override
    public void refused(String problems) {
        told.add("refused " + problems);
    }

    private LivePolicy policy() throws CharterException {
        LivePolicy policy = new LivePolicy(source(), this::waiting);
        policy.listen(this);
        return policy;
    }

    private BundleSource source() {
        return new BundleSource(
                Optional.of(charter),
                new Surroundings(
                        temporary, temporary.resolve("state"), temporary, "ada", Map.of(), temporary.resolve("etc")));
    }

    private void waiting(long milliseconds) {
        Runnable next = whileWaiting.poll();
        if (next != null) {
            next.run();
        }
    }

    private void write(String text) {
        try {
            Files.writeString(charter, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean allows(Policy policy, String host) {
        return policy.decide(new Attempt.Resolve(host, "A")).allowed();
    }
}
