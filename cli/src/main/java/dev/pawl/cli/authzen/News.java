package dev.pawl.cli.authzen;

import dev.pawl.policy.PolicyBundle;
import dev.pawl.policy.engine.LivePolicy;
import java.util.function.Consumer;

/** Puts changes of the policy on record and tells whoever started the endpoint. */
final class News implements LivePolicy.Listener {
    private final Endpoint endpoint;
    private final Consumer<String> toPerson;

    News(Endpoint endpoint, Consumer<String> toPerson) {
        this.endpoint = endpoint;
        this.toPerson = toPerson;
    }

    @Override
    public void changed(PolicyBundle before, PolicyBundle after) {
        say("policy", "the policy changed and decides from now on");
    }

    @Override
    public void refused(String problems) {
        say("policy-refused", "A CHANGE OF POLICY IS NOT IN FORCE, the policy before it goes on deciding: " + problems);
    }

    private void say(String operation, String detail) {
        endpoint.note(operation, detail);
        toPerson.accept("pawl: " + detail);
    }
}
