package dev.pawl.detect;

import dev.pawl.detect.sigma.RuleText;
import dev.pawl.detect.sigma.pipeline.Pipeline;
import dev.pawl.detect.sigma.pipeline.PipelineReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Pawl's own rules and its pipeline, which come as resources. */
public final class Pack {
    /** The names of its rules in problems and listings begin so. */
    public static final String PREFIX = "pawl:";

    private static final String INDEX = "pack/index.txt";

    private Pack() {}

    /** The rules, one a file. */
    public static List<RuleText> rules() {
        return read(INDEX)
                .lines()
                .map(name -> new RuleText(PREFIX + name, read("pack/" + name)))
                .toList();
    }

    /** From Sigma's log sources to those of Pawl's events. */
    public static Pipeline pipeline() {
        return switch (PipelineReader.read("pawl.yml", read("pawl.yml"))) {
            case PipelineReader.Read(Pipeline pipeline) -> pipeline;
            case PipelineReader.Unreadable(var problem) -> throw new IllegalStateException(problem.toString());
        };
    }

    private static String read(String name) {
        try (InputStream in = Pack.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the resource " + name + " is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
