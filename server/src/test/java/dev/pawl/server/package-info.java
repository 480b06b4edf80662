/** Tests of runs, their monitor and their control, over real files, sockets and processes. */
@NullMarked
package dev.pawl.server;

import org.jspecify.annotations.NullMarked;
