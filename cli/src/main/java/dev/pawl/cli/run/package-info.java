/**
 * One run from command line to exit code: the place where charter, policy, record, sandbox and gateway are wired.
 *
 * <p>Lives here: the order in which a run is made and ended. May not live here: what another command than run (or the server on its behalf) would use.
 */
@NullMarked
package dev.pawl.cli.run;

import org.jspecify.annotations.NullMarked;
