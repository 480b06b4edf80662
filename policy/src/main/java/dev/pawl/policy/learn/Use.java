package dev.pawl.policy.learn;

/** How one attempt that was allowed was used. */
record Use(Users users, Spoken spoken) {
    Use() {
        this(new Users(), new Spoken());
    }
}
