/** Tests of what a person reads. */
@NullMarked
package dev.pawl.cli.view;

import org.jspecify.annotations.NullMarked;
