package dev.pawl.server;

import dev.pawl.ledger.JsonFault;
import dev.pawl.ledger.JsonObject;
import dev.pawl.server.approvals.Approvals;
import dev.pawl.server.approvals.Reply;
import dev.pawl.server.approvals.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Shows the questions of a run and takes answers, for a user the kernel vouches for. Thread-safe. */
final class ApprovalDesk {
    /** Of one answer; some room is left for what stands around the questions and for escapes. */
    private static final int MAX_BYTES = JsonObject.MAX_BYTES / 2;

    private static final int MAX_REASON = 500;
    private static final Pattern ID = Pattern.compile("[0-9a-f]{8}-[0-9]{1,9}");

    private final Approvals approvals;

    ApprovalDesk(Approvals approvals) {
        this.approvals = approvals;
    }

    /** Whether a user who may not control the run may at least see what is asked. */
    boolean shows(String user) {
        return approvals.mayAnswer(user);
    }

    ControlAnswer open() {
        List<String> lines = new ArrayList<>();
        List<String> all = approvals.lines();
        int bytes = 0;
        for (String line : all) {
            bytes += line.length() * 2;
            if (bytes > MAX_BYTES) {
                break;
            }
            lines.add(line);
        }
        return new ControlAnswer.Questions(lines, all.size() - lines.size(), approvals.ended());
    }

    /** Carries out approve or refuse. */
    ControlAnswer answer(ControlOrder order, JsonObject request, String user) {
        try {
            String id = request.text("question");
            if (!ID.matcher(id).matches()) {
                return new ControlAnswer.Refused("no question has such a name; pawl approvals lists them");
            }
            return said(order == ControlOrder.APPROVE ? approve(id, request, user) : refuse(id, request, user));
        } catch (JsonFault e) {
            return new ControlAnswer.Refused(String.valueOf(e.getMessage()));
        }
    }

    private Reply approve(String id, JsonObject request, String user) {
        Optional<Scope> scope = Scope.of(request.text("scope"));
        return scope.isPresent()
                ? approvals.approve(id, user, scope.get())
                : new Reply.Refused("a yes is for once, run or charter");
    }

    private Reply refuse(String id, JsonObject request, String user) {
        String reason = request.optionalText("reason").orElse("");
        return reason.length() > MAX_REASON
                ? new Reply.Refused("a reason has at most " + MAX_REASON + " characters")
                : approvals.refuse(id, user, reason);
    }

    private static ControlAnswer said(Reply reply) {
        return switch (reply) {
            case Reply.Taken(String said, Optional<String> line) -> new ControlAnswer.Answered(said, line);
            case Reply.Refused(String reason) -> new ControlAnswer.Refused(reason);
        };
    }
}
