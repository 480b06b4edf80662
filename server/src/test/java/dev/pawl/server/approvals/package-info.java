/** Tests of questions and answers over a run that is only described. */
@NullMarked
package dev.pawl.server.approvals;

import org.jspecify.annotations.NullMarked;
