package dev.pawl.bench;

import com.cedarpolicy.BasicAuthorizationEngine;
import com.cedarpolicy.model.AuthorizationRequest;
import com.cedarpolicy.model.AuthorizationResponse;
import com.cedarpolicy.model.exception.AuthException;
import dev.pawl.policy.cedar.Answer;
import dev.pawl.policy.cedar.Entities;
import dev.pawl.policy.cedar.PolicySet;
import dev.pawl.policy.cedar.Request;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** One decision, by our engine and by cedar-java with everything cached that it can cache. Both get ready objects. */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class DecisionBench {
    /** How many policies decide. */
    @Param({"50", "1000"})
    public int policies;

    private final BasicAuthorizationEngine engine = new BasicAuthorizationEngine();
    private List<Request> requests = List.of();
    private List<AuthorizationRequest> theirRequests = List.of();
    private PolicySet set = PolicySet.of(List.of());
    private Entities entities = Entities.NONE;
    private com.cedarpolicy.model.policy.PolicySet theirSet = new com.cedarpolicy.model.policy.PolicySet();
    private Set<com.cedarpolicy.model.entity.Entity> theirEntities = Set.of();
    private int turn;

    /** Parses and caches on both sides, and sees that both say the same. */
    @Setup
    public void prepare() throws Exception {
        Office office = Office.of(policies);
        requests = office.requests();
        set = PolicySet.of(office.policies());
        entities = Entities.of(office.entities());
        CedarJava theirs = new CedarJava();
        theirSet = theirs.policies(office.policies());
        theirEntities = theirs.entities(office.entities());
        theirRequests = requests.stream().map(theirs::request).toList();
        for (int at = 0; at < requests.size(); at++) {
            boolean ours = set.decide(requests.get(at), entities).allowed();
            boolean cedars = theirs.allowed(engine.isAuthorized(theirRequests.get(at), theirSet, theirEntities));
            if (ours != cedars) {
                throw new IllegalStateException("ours " + ours + ", Cedar's " + cedars + " for " + requests.get(at));
            }
        }
    }

    /** Ours. */
    @Benchmark
    public Answer pawl() {
        turn = (turn + 1) % requests.size();
        return set.decide(requests.get(turn), entities);
    }

    /** Cedar's own, through JSON and the native library. */
    @Benchmark
    public AuthorizationResponse cedarJava() throws AuthException {
        turn = (turn + 1) % theirRequests.size();
        return engine.isAuthorized(theirRequests.get(turn), theirSet, theirEntities);
    }
}
