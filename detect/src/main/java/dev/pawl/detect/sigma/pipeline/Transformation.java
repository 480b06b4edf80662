package dev.pawl.detect.sigma.pipeline;

import com.google.re2j.Pattern;
import dev.pawl.detect.sigma.rule.LogSource;
import dev.pawl.detect.sigma.rule.Search;
import java.util.List;
import java.util.Map;

/** What a step does. Names in comments are those of the file. */
public sealed interface Transformation {
    /** {@code field_name_mapping}: a field becomes another, or several of which any may match. */
    record MapFields(Map<String, List<String>> mapping) implements Transformation {}

    /** {@code field_name_prefix_mapping}: the beginning of a field's name is replaced. */
    record MapPrefixes(Map<String, List<String>> mapping) implements Transformation {}

    /** {@code field_name_prefix} and {@code field_name_suffix}. */
    record Surround(String before, String after) implements Transformation {}

    /** {@code drop_detection_item}. */
    record Drop() implements Transformation {}

    /** {@code add_condition}: something must hold, or must not hold, beside the rule's own condition. */
    record AddCondition(Search search, boolean negated) implements Transformation {}

    /** {@code change_logsource}. */
    record ChangeSource(LogSource source) implements Transformation {}

    /** {@code replace_string}. */
    record ReplaceText(Pattern pattern, String replacement) implements Transformation {}

    /** {@code map_string}: a value becomes another, or several. */
    record MapValues(Map<String, List<String>> mapping) implements Transformation {}

    /** {@code value_placeholders}: placeholders get the values of {@code vars}. */
    record Placeholders(Map<String, List<String>> values, List<String> include, List<String> exclude)
            implements Transformation {}

    /** {@code wildcard_placeholders}: placeholders stand for anything. */
    record AnyPlaceholders(List<String> include, List<String> exclude) implements Transformation {}

    /** {@code rule_failure} and {@code detection_item_failure}: such a rule cannot be used. */
    record Refuse(String message, boolean onItems) implements Transformation {}
}
