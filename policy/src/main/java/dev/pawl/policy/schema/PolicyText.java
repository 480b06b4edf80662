package dev.pawl.policy.schema;

import java.util.Optional;

/**
 * One policy and where it stands.
 *
 * @param id unique among those checked together
 * @param source the file as it was named
 * @param line where its text begins, from 1; 0 where it stands in no file, as what a charter was compiled to
 * @param column from 1, in characters; 0 as for line
 * @param indent characters that were taken from the beginning of each further line, as YAML does with a block of text;
 *     empty where lines of the text are no lines of the file, as in a quoted string
 * @param text Cedar
 */
public record PolicyText(String id, String source, int line, int column, Optional<Integer> indent, String text) {}
