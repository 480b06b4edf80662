package dev.pawl.server.approvals;

/**
 * What a person said.
 *
 * @param scope what a yes is good for; a no is always for the run
 * @param user the user of the machine who said it
 * @param reason why not, may be empty
 */
record Said(boolean yes, Scope scope, String user, String reason) {}
