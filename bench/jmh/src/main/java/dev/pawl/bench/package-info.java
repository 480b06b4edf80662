/**
 * Benchmarks that run in one JVM.
 *
 * <p>Lives here: JMH benchmarks and the data they work on. May not live here: anything the product needs.
 */
@NullMarked
package dev.pawl.bench;

import org.jspecify.annotations.NullMarked;
