/**
 * From the records of a charter and an organisation to decisions.
 *
 * <p>Lives here: rules as readable Cedar, attempts as Cedar requests, answers as decisions. May not live here: reading files, the network, the record.
 */
@NullMarked
package dev.pawl.policy.engine;

import org.jspecify.annotations.NullMarked;
