/**
 * Real coding agents from npm: what to install, and how to start each against a given model address.
 *
 * <p>Lives here: names, versions, command lines, environment and the files an agent expects, as data. May not live here:
 * where an agent runs (bare or held), and what it is told to do.
 */
@NullMarked
package dev.pawl.drill.agent;

import org.jspecify.annotations.NullMarked;
