/**
 * Traffic for the run that an AOT cache is made of: a server outside, an agent inside, as many requests as make a JVM compile
 * what handles them.
 *
 * <p>Lives here: both ends of that traffic, of nothing but the JDK. May not live here: anything a command uses.
 */
@NullMarked
package dev.pawl.cli.training;

import org.jspecify.annotations.NullMarked;
