/**
 * Questions to a person, and what became of them.
 *
 * <p>Lives here: which attempt waits for whose answer, for how long, what an answer is bound to, who may give it, limits that
 * keep one agent from burying another's question, and the text a person decides by.
 *
 * <p>May not live here: how an attempt is held (sandbox, gateway), whether one has to be asked (policy), sockets, terminals.
 */
@NullMarked
package dev.pawl.server.approvals;

import org.jspecify.annotations.NullMarked;
