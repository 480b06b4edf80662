package dev.pawl.detect.sigma;

import dev.pawl.detect.sigma.pipeline.Pipeline;
import dev.pawl.detect.sigma.pipeline.PipelineReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Pipelines that come with the engine, as resources beside this class. */
public final class BuiltInPipelines {
    private BuiltInPipelines() {}

    /** From Sigma's Windows categories to the records Sysmon writes. */
    public static Pipeline sysmon() {
        return read("sysmon.yml");
    }

    private static Pipeline read(String name) {
        try (InputStream in = BuiltInPipelines.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the resource " + name + " is missing");
            }
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return switch (PipelineReader.read(name, text)) {
                case PipelineReader.Read(Pipeline pipeline) -> pipeline;
                case PipelineReader.Unreadable(var problem) -> throw new IllegalStateException(problem.toString());
            };
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
