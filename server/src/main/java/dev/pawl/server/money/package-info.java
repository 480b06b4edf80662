/**
 * What runs use of models, and what they may: accounts of runs, agents, owners and the organisation.
 *
 * <p>Lives here: the database of the accounts and the purse of a run over it. May not live here: what a model's answer
 * says, prices, the network, printing for people.
 */
@NullMarked
package dev.pawl.server.money;

import org.jspecify.annotations.NullMarked;
