/**
 * What a policy may speak of, and the check that it speaks of nothing else.
 *
 * <p>Lives here: the Cedar schema and its validator, cedar-java with its native library. May not live here: anything a
 * run needs; only {@code pawl charter check} comes here, and only its class path has cedar-java.
 */
@NullMarked
package dev.pawl.policy.schema;

import org.jspecify.annotations.NullMarked;
