/**
 * From charter text to decisions.
 *
 * <p>Lives here: reading and checking charters, the built-in charter, matching grants. May not live here: the network, processes, the record.
 */
@NullMarked
package dev.pawl.policy;

import org.jspecify.annotations.NullMarked;
