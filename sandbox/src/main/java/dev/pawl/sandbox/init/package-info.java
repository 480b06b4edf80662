/**
 * What runs inside the sandbox before the agent: it opens the listeners, loads the filter and becomes the agent.
 *
 * <p>Lives here: what uses only java.base and the linux and seccomp packages, since it starts from this module's jar
 * alone. May not live here: anything that needs to stay after the agent started.
 */
@NullMarked
package dev.pawl.sandbox.init;

import org.jspecify.annotations.NullMarked;
