/**
 * {@code pawl rules} and {@code pawl replay}.
 *
 * <p>Lives here: rule files and folders on disk, recorded events before rules, what is printed of it. May not live here:
 * how rules are read or matched.
 */
@NullMarked
package dev.pawl.cli.rules;

import org.jspecify.annotations.NullMarked;
