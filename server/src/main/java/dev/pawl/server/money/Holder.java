package dev.pawl.server.money;

import java.util.List;

/** A run and who else its use counts for. */
record Holder(String run, String agent, String owner) {
    /** Each call of this run is counted in all of these. */
    List<Account> accounts() {
        return List.of(
                runAccount(),
                new Account(Account.Kind.AGENT, agent),
                new Account(Account.Kind.OWNER, owner),
                new Account(Account.Kind.ORGANIZATION, Account.EVERYBODY));
    }

    private Account runAccount() {
        return new Account(Account.Kind.RUN, run);
    }
}
