package dev.pawl.server;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;

/** The runs of one home, live and ended. Nothing is kept in memory: the disk and the processes are asked. Thread-safe. */
public final class Runs {
    private static final Duration STATUS_TIMEOUT = Duration.ofSeconds(1);

    /** How long a run may take to answer that it lives, before it is killed. */
    private static final Duration ALIVE_TIMEOUT = Duration.ofSeconds(2);

    /** How long a run that lives may take to stop itself. */
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(10);

    private final Home home;

    public Runs(Home home) {
        this.home = home;
    }

    /**
     * All runs, oldest first. A directory without a readable {@code run.json} is left out: its run never started.
     *
     * @throws IOException if the home cannot be read
     */
    public List<RunView> all() throws IOException {
        List<Future<Optional<RunView>>> views = new ArrayList<>();
        try (ExecutorService each = Executors.newVirtualThreadPerTaskExecutor();
                DirectoryStream<Path> directories = Files.newDirectoryStream(home.runs(), "r-*")) {
            for (Path directory : directories) {
                views.add(each.submit(() -> view(new RunDirectory(directory))));
            }
        }
        List<RunView> all = new ArrayList<>();
        for (Future<Optional<RunView>> view : views) {
            try {
                view.get().ifPresent(all::add);
            } catch (ExecutionException e) {
                throw new IOException("a run cannot be read", e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted", e);
            }
        }
        all.sort(Comparator.comparing((RunView view) -> view.facts().started())
                .thenComparing(view -> view.facts().run()));
        return all;
    }

    /**
     * Finds what a person meant: a run id, an agent (all its live runs), or the beginning of exactly one run id.
     *
     * @throws IOException if the home cannot be read
     */
    public Selection select(String argument) throws IOException {
        List<RunView> all = all();
        for (RunView view : all) {
            if (view.facts().run().equals(argument)) {
                return new Selection.Chosen(List.of(view));
            }
        }
        List<RunView> ofAgent = all.stream()
                .filter(view -> view.live() && view.facts().agent().equals(argument))
                .toList();
        if (!ofAgent.isEmpty()) {
            return new Selection.Chosen(ofAgent);
        }
        List<RunView> begun = all.stream()
                .filter(view -> view.facts().run().startsWith(argument) && argument.length() > 2)
                .toList();
        if (begun.size() == 1) {
            return new Selection.Chosen(begun);
        }
        return new Selection.None(
                begun.isEmpty()
                        ? "no run and no agent with a live run is called " + argument + "; " + known(all)
                        : argument + " begins " + begun.size() + " run ids; " + known(begun));
    }

    /**
     * Every live run.
     *
     * @throws IOException if the home cannot be read
     */
    public Selection selectLive() throws IOException {
        List<RunView> live = all().stream().filter(RunView::live).toList();
        return live.isEmpty() ? new Selection.None("no run is live") : new Selection.Chosen(live);
    }

    /**
     * Stops a run for certain: asks it to, and kills its supervisor and its sandbox where it does not answer. Returns
     * when both are gone, or after a few seconds with what is left.
     */
    public StopReport stop(RunView run) {
        if (!run.live()) {
            return StopReport.ended(run);
        }
        Path socket = run.directory().control();
        if (ControlClient.ask(socket, ControlOrder.STATUS, ALIVE_TIMEOUT) instanceof ControlAnswer.Status
                && ControlClient.ask(socket, ControlOrder.STOP, STOP_TIMEOUT)
                        instanceof ControlAnswer.Stopped(var stopped)
                && stopped.left().isEmpty()) {
            return new StopReport(run, StopReport.How.ASKED, stopped);
        }
        return new StopReport(run, StopReport.How.KILLED, HardStop.of(run.directory(), run.facts()));
    }

    /** Freezes or resumes a run, or asks for its status. */
    public ControlAnswer order(RunView run, ControlOrder order) {
        return ControlClient.ask(run.directory().control(), order, STOP_TIMEOUT);
    }

    private static Optional<RunView> view(RunDirectory directory) {
        RunFacts facts;
        try {
            facts = directory.facts();
        } catch (IOException e) {
            return Optional.empty();
        }
        boolean held = !facts.supervisor().gone();
        if (held
                && ControlClient.ask(directory.control(), ControlOrder.STATUS, STATUS_TIMEOUT)
                        instanceof ControlAnswer.Status(String state, int processes)) {
            return Optional.of(new RunView(directory, facts, state, processes, !state.equals("ended")));
        }
        boolean live = !facts.supervisor().gone()
                || facts.sandbox().map(sandbox -> !sandbox.gone()).orElse(false);
        String state = directory.ended() ? "ended" : facts.supervisor().gone() ? "lost" : "silent";
        return Optional.of(new RunView(directory, facts, state, 0, live));
    }

    private static String known(List<RunView> runs) {
        if (runs.isEmpty()) {
            return "there are no runs";
        }
        String names = runs.reversed().stream()
                .limit(10)
                .map(view -> view.facts().run() + " (" + view.facts().agent() + ", " + view.state() + ")")
                .collect(Collectors.joining(", "));
        return "known: " + names + (runs.size() > 10 ? " and " + (runs.size() - 10) + " older" : "");
    }
}
