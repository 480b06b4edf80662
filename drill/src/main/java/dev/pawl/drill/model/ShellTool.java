package dev.pawl.drill.model;

import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Finds the shell among the tools an agent offers and writes the arguments its schema asks for. */
final class ShellTool {
    /** How long a command may take before the agent gives up waiting, milliseconds. */
    private static final int PATIENCE_MILLIS = 30_000;

    private static final List<String> NAMES =
            List.of("exec_command", "shell", "shell_command", "run_shell_command", "Bash", "bash", "run_commands");

    /** What ends the turn for agents that wait for a tool call instead of a text. */
    private static final String SUBMIT = "submit_and_exit";

    private ShellTool() {}

    /** Begins a step that calls a tool by its name: {@code tool NAME {"argument": ...}}. */
    private static final String BY_NAME = "tool ";

    /** A call that runs {@code command}, or empty if no known shell is offered. */
    static Optional<Turn> run(String id, List<Wire.Tool> tools, String command) {
        if (command.startsWith(BY_NAME)) {
            return named(id, tools, command.split(" ", 3));
        }
        for (String name : NAMES) {
            for (Wire.Tool tool : tools) {
                if (tool.name().equals(name)) {
                    return Optional.of(new Turn.Call(id, name, arguments(tool, command)));
                }
            }
        }
        return Optional.empty();
    }

    /** Agents put something before the names of tools that are not their own, such as their server's. */
    private static Optional<Turn> named(String id, List<Wire.Tool> tools, String[] words) {
        return tools.stream()
                .map(Wire.Tool::name)
                .filter(name -> name.equals(words[1]) || name.endsWith("__" + words[1]))
                .findFirst()
                .map(name -> new Turn.Call(id, name, (ObjectNode) Wire.JSON.readTree(words[2])));
    }

    /** The end of the script, as this agent understands it. */
    static Turn end(String id, List<Wire.Tool> tools, String text) {
        for (Wire.Tool tool : tools) {
            if (tool.name().equals(SUBMIT)) {
                ObjectNode arguments = Wire.JSON.createObjectNode().put("summary", text);
                for (JsonNode field : tool.schema().path("required")) {
                    String name = field.asString("");
                    if (tool.schema()
                            .path("properties")
                            .path(name)
                            .path("type")
                            .asString("")
                            .equals("boolean")) {
                        arguments.put(name, true);
                    } else {
                        arguments.put(name, text);
                    }
                }
                return new Turn.Call(id, SUBMIT, arguments);
            }
        }
        return new Turn.Say(text);
    }

    private static ObjectNode arguments(Wire.Tool tool, String command) {
        JsonNode properties = tool.schema().path("properties");
        ObjectNode arguments = Wire.JSON.createObjectNode();
        if (properties.has("cmd")) {
            arguments.put("cmd", command);
        } else if (properties.has("commands")) {
            arguments.putArray("commands").add(command);
        } else if (properties.path("command").path("type").asString("").equals("array")) {
            arguments.putArray("command").add("bash").add("-c").add(command);
        } else {
            arguments.put("command", command);
        }
        if (properties.has("description")) {
            arguments.put("description", "Runs one step of the script");
        }
        if (properties.has("is_background")) {
            arguments.put("is_background", false);
        }
        for (String patience : List.of("yield_time_ms", "timeout_ms", "timeout")) {
            if (properties.has(patience)) {
                arguments.put(patience, PATIENCE_MILLIS);
            }
        }
        return arguments;
    }
}
