package dev.pawl.server.calls;

import dev.pawl.core.ProcessInfo;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The last tool calls of a run's models, and which of them a program was started by. Keeps {@value #MOST} calls, of {@value #MOST_CHARACTERS} characters. Thread-safe.
 *
 * <p>A command line fits a call if it is what the call says, as a list, as words, or as the text of a shell; or if a shell
 * holds it as part of its text, which is what agents wrap around commands. Of several the one that says most counts, then
 * that of the latest turn, there the first that nothing was started by yet.
 */
public final class ToolLinks {
    static final int MOST = 512;
    /** Characters of all calls that are kept: a model may write 64 KiB into each, and their words take many times the room. */
    static final int MOST_CHARACTERS = 2 << 20;

    private static final int LEAST_DOCUMENT = 8;

    private final Deque<Call> calls = new ArrayDeque<>();
    private final Map<String, String> documents = new LinkedHashMap<>();

    private static final class Call {
        private final String event;
        private final String turn;
        private final int maker;
        private final long number;
        private final CallText text;
        private final List<Words> words;
        private final int characters;
        private boolean used;

        Call(String event, String turn, int maker, long number, CallText text, int characters) {
            this.characters = characters;
            this.maker = maker;
            this.event = event;
            this.turn = turn;
            this.number = number;
            this.text = text;
            List<Words> all = new ArrayList<>();
            text.texts().forEach(each -> all.add(Words.of(each)));
            this.words = List.copyOf(all);
        }
    }

    private long count;
    private long kept;

    /** No calls yet. */
    public ToolLinks() {}

    /**
     * Notes a call.
     *
     * @param event that records it
     * @param turn event of the model's turn that made it
     * @param maker pid of the process that asked the model, 0 if it is not known
     * @param arguments as the model wrote them
     */
    public synchronized void made(String event, String turn, int maker, String arguments) {
        CallText text = CallText.of(arguments);
        calls.addFirst(new Call(event, turn, maker, count++, text, arguments.length()));
        kept += arguments.length();
        while (calls.size() > MOST || kept > MOST_CHARACTERS) {
            kept -= calls.removeLast().characters;
        }
        for (String each : text.texts()) {
            wrote(each, event);
        }
        text.documents().forEach(each -> wrote(each, event));
    }

    private void wrote(String text, String event) {
        if (text.length() >= LEAST_DOCUMENT) {
            documents.put(digest(text.stripTrailing().getBytes(StandardCharsets.UTF_8)), event);
            Iterator<String> oldest = documents.keySet().iterator();
            while (documents.size() > 4 * MOST) {
                oldest.next();
                oldest.remove();
            }
        }
    }

    /** Whether there is anything to be linked to. */
    public synchronized boolean none() {
        return calls.isEmpty();
    }

    /**
     * The event of the call that says this command line.
     *
     * @param called whether a call started an ancestor: then only a model that the parent itself asked can be behind it
     */
    public synchronized Optional<String> of(ProcessInfo program, boolean called) {
        int maker = called ? program.parent() : 0;
        List<String> argv = program.argv();
        Optional<Call> exact = best(maker, call -> said(call, argv));
        return (exact.isPresent() || !Shells.wraps(argv) ? exact : best(maker, call -> wrapped(call, argv)))
                .map(ToolLinks::use);
    }

    /**
     * The event of the call whose text holds this command line among others; of what a shell starts that reads from its input.
     *
     * @param shell event of the call that started the shell, or an empty text: older calls did not write to it
     */
    public synchronized Optional<String> fed(List<String> argv, String shell) {
        Words line = Words.of(String.join(" ", argv));
        Words short_ = named(argv);
        return fed(shell, words -> words.contains(line) || words.contains(short_))
                .or(() -> fed(shell, words -> words.says(line) || words.says(short_)));
    }

    /** The latest call, of those after the one that started the shell, one of whose texts is such. */
    private Optional<String> fed(String shell, Predicate<Words> says) {
        for (Call call : calls) {
            if (call.event.equals(shell)) {
                return Optional.empty();
            }
            if (call.words.stream().anyMatch(says)) {
                return Optional.of(use(call));
            }
        }
        return Optional.empty();
    }

    /** Files whose content says what a program does: itself, and what a shell or another interpreter is told to run. */
    public static Stream<String> scripts(ProcessInfo program) {
        Stream<String> told = Shells.wraps(program.argv()) ? Shells.operand(program.argv()).stream() : Stream.empty();
        return Stream.concat(Stream.of(program.exe()), told).filter(path -> !path.isEmpty());
    }

    /** The event of the call that wrote this script, with its first line or without where that names an interpreter. */
    public synchronized Optional<String> wrote(byte[] script) {
        String text = new String(script, StandardCharsets.UTF_8).stripTrailing();
        return written(text)
                .or(() -> text.startsWith("#!") && text.indexOf('\n') > 0
                        ? written(text.substring(text.indexOf('\n') + 1))
                        : Optional.empty());
    }

    private Optional<String> written(String text) {
        return text.length() < LEAST_DOCUMENT
                ? Optional.empty()
                : Optional.ofNullable(documents.get(digest(text.getBytes(StandardCharsets.UTF_8))));
    }

    /** Whether a program reads its commands from its input, so that {@link #fed} is to be asked for what it starts. */
    public static boolean listens(List<String> argv) {
        return Shells.listens(argv);
    }

    private static String use(Call call) {
        call.used = true;
        return call.event;
    }

    private interface Fit {
        /** How much of the command line the call says; nothing if it does not fit. */
        int of(Call call);
    }

    /** Of the calls of one process, or of all for 0. */
    private Optional<Call> best(int maker, Fit fit) {
        List<Call> asked =
                calls.stream().filter(call -> maker == 0 || call.maker == maker).toList();
        int most = asked.stream().mapToInt(fit::of).max().orElse(0);
        if (most == 0) {
            return Optional.empty();
        }
        List<Call> fitting = asked.stream().filter(call -> fit.of(call) == most).toList();
        String turn = fitting.getFirst().turn;
        return fitting.stream()
                .filter(call -> call.turn.equals(turn) && !call.used)
                .min(Comparator.comparingLong(call -> call.number))
                .or(() -> Optional.of(fitting.getFirst()));
    }

    private static int said(Call call, List<String> argv) {
        Words line = Words.of(String.join(" ", argv));
        boolean list = call.text.lines().contains(argv);
        boolean words = call.words.contains(line) || call.words.contains(named(argv));
        boolean text = argv.size() > 1
                && Shells.wraps(argv)
                && call.text.texts().stream().anyMatch(each -> is(argv.getLast(), each));
        return list || words || text ? Integer.MAX_VALUE : 0;
    }

    private static int wrapped(Call call, List<String> argv) {
        int most = 0;
        for (String argument : argv.subList(Math.min(1, argv.size()), argv.size())) {
            if (argument.length() < 2) {
                continue;
            }
            boolean cut = argument.endsWith("…");
            Words held = Words.of(argument);
            for (Words said : call.words) {
                if (said.size() > 0 && said.size() > most && (held.contains(said) || (cut && begins(said, held)))) {
                    most = said.size();
                }
            }
        }
        return most;
    }

    /** Whether what was cut off might be the rest of a long command: all but the last words that are there begin it. */
    private static boolean begins(Words said, Words held) {
        int known = held.size() - 1;
        for (int skip = 0; skip < Math.min(known, 64); skip++) {
            int length = known - skip;
            if (length >= 64
                    && said.size() >= length
                    && said.all().subList(0, length).equals(held.all().subList(skip, known))) {
                return true;
            }
        }
        return false;
    }

    private static boolean is(String argument, String text) {
        return argument.strip().equals(text.strip());
    }

    /** The words with the program's name in place of its path. */
    private static Words named(List<String> argv) {
        List<String> line = new ArrayList<>(argv);
        if (!line.isEmpty()) {
            String first = line.getFirst();
            line.set(0, first.substring(first.lastIndexOf('/') + 1));
        }
        return Words.of(String.join(" ", line));
    }

    private static String digest(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
