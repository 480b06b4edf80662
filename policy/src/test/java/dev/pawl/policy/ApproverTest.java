package dev.pawl.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Who may answer what an agent asks for. */
class ApproverTest {
    private static final List<String> NONE = List.of();

    @Test
    void withoutAListTheHolderAndRootAnswer() {
        Organization none = Organization.NONE;
        assertThat(none.mayAnswer("ada", NONE, "ada")).isTrue();
        assertThat(none.mayAnswer("root", NONE, "ada")).isTrue();
        assertThat(none.mayAnswer("eve", List.of("ada", "root", "ops"), "ada")).isFalse();
        assertThat(none.mayAnswer("Ada", NONE, "ada")).isFalse();
    }

    @Test
    void aListIsAllOfThem() {
        Organization listed = with(new Approver.User("dana"), new Approver.Group("ops"));
        assertThat(listed.mayAnswer("dana", NONE, "ada")).isTrue();
        assertThat(listed.mayAnswer("eve", List.of("users", "ops"), "ada")).isTrue();
        assertThat(listed.mayAnswer("ada", List.of("ada"), "ada"))
                .as("the holder")
                .isFalse();
        assertThat(listed.mayAnswer("root", List.of("root"), "ada")).isFalse();
        assertThat(listed.mayAnswer("ops", NONE, "ada"))
                .as("a user called as the group")
                .isFalse();
        assertThat(listed.mayAnswer("eve", List.of("dana"), "ada"))
                .as("a group called as the user")
                .isFalse();
        assertThat(with(new Approver.User("ada")).mayAnswer("ada", NONE, "ada")).isTrue();
    }

    @Test
    void anAccountWithoutANameAnswersNothing() {
        assertThat(Organization.NONE.mayAnswer("", NONE, "")).isFalse();
        assertThat(with(new Approver.Group("ops")).mayAnswer("", List.of("ops"), "ada"))
                .isFalse();
    }

    private static Organization with(Approver... approvers) {
        return new Organization(
                "Example",
                List.of(),
                DefaultGrants.NONE,
                List.of(),
                List.of(),
                Limits.NONE,
                List.of(approvers),
                List.of(),
                "organization.yaml");
    }
}
