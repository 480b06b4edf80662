package dev.pawl.ledger.log;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * A file system in memory with one planned fault. What was written or renamed since the last sync of its file or directory
 * survives a crash or not, each step by itself, in part or in whole: that covers torn, short, lost and reordered writes.
 */
final class FaultyDisk implements Disk {
    /** What happens at the planned step. */
    enum Fault {
        /** The machine dies in the middle of the step. */
        CRASH,
        /** The disk is full from this step on: a part of what is written fits. */
        FULL,
        /** This one step fails; for a sync the pages count as written afterwards, as Linux has it. */
        ERROR
    }

    /** The machine is dead. */
    static final class Crashed extends IOException {
        private static final long serialVersionUID = 1L;

        Crashed() {
            super("the machine died");
        }
    }

    private final Map<Path, Inode> names = new HashMap<>();
    private final Map<Path, Inode> durableNames = new HashMap<>();
    private final List<NameChange> pendingNames = new ArrayList<>();
    private final Random random;
    private Fault fault = Fault.CRASH;
    private long faultAt = Long.MAX_VALUE;
    private long steps;
    private boolean dead;
    private long generation;

    private static final class Inode {
        byte[] content = new byte[0];
        byte[] durable = new byte[0];
        final List<UnaryOperator<byte[]>> pending = new ArrayList<>();
    }

    /** A name that now leads to {@code inode}, or nowhere. */
    private record NameChange(Path name, Optional<Inode> inode) {}

    FaultyDisk(long seed) {
        random = new Random(seed);
    }

    void plan(Fault what, long atStep) {
        fault = what;
        faultAt = atStep;
    }

    long steps() {
        return steps;
    }

    /** Space was made, or the error went away. */
    void heal() {
        faultAt = Long.MAX_VALUE;
    }

    /** What the next start of the machine finds. */
    FaultyDisk afterCrash(long outcome) {
        Random chance = new Random(outcome);
        FaultyDisk next = new FaultyDisk(outcome);
        for (NameChange change : pendingNames) {
            if (survives(outcome, chance)) {
                apply(durableNames, change);
            }
        }
        durableNames.forEach((name, inode) -> {
            Inode found = new Inode();
            found.content = inode.durable;
            for (UnaryOperator<byte[]> write : inode.pending) {
                found.content = survives(outcome, chance) ? write.apply(found.content) : found.content;
            }
            found.durable = found.content;
            next.names.put(name, found);
            next.durableNames.put(name, found);
        });
        return next;
    }

    /** The first two outcomes are the extremes: nothing that was not synced is there, or all of it. */
    private static boolean survives(long outcome, Random chance) {
        return outcome == 0 ? false : outcome == 1 || chance.nextBoolean();
    }

    @Override
    public Tail append(Path path) throws IOException {
        if (!names.containsKey(path)) {
            step();
            name(new NameChange(path, Optional.of(new Inode())));
        }
        Inode inode = inode(path);
        return new Tail() {
            @Override
            public void append(byte[] bytes) throws IOException {
                change(inode, bytes);
            }

            @Override
            public void sync() throws IOException {
                FaultyDisk.this.sync(inode);
            }

            @Override
            public long length() {
                return inode.content.length;
            }

            @Override
            public byte[] read(long from) {
                return Arrays.copyOfRange(inode.content, (int) from, Math.max((int) from, inode.content.length));
            }

            @Override
            public void cut(long length) throws IOException {
                step();
                record(inode, content -> Arrays.copyOf(content, (int) length));
            }

            @Override
            public void close() {
                // Closing promises nothing.
            }
        };
    }

    @Override
    public Optional<byte[]> read(Path path, long from, int most) {
        Inode inode = names.get(path);
        if (inode == null) {
            return Optional.empty();
        }
        int start = (int) Math.min(from, inode.content.length);
        return Optional.of(
                Arrays.copyOfRange(inode.content, start, (int) Math.min((long) start + most, inode.content.length)));
    }

    @Override
    public void write(Path path, byte[] content) throws IOException {
        if (!names.containsKey(path)) {
            step();
            name(new NameChange(path, Optional.of(new Inode())));
        }
        Inode inode = inode(path);
        record(inode, _ -> new byte[0]);
        change(inode, content);
    }

    @Override
    public void sync(Path path) throws IOException {
        Inode inode = names.get(path);
        if (inode != null) {
            sync(inode);
            return;
        }
        step();
        for (NameChange change : List.copyOf(pendingNames)) {
            if (path.equals(change.name.getParent())) {
                apply(durableNames, change);
                pendingNames.remove(change);
            }
        }
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        step();
        Inode inode = inode(from);
        name(new NameChange(to, Optional.of(inode)));
        name(new NameChange(from, Optional.empty()));
    }

    @Override
    public void delete(Path path) throws IOException {
        step();
        if (names.containsKey(path)) {
            name(new NameChange(path, Optional.empty()));
        }
    }

    @Override
    public List<String> list(Path directory) {
        return names.keySet().stream()
                .filter(name -> directory.equals(name.getParent()))
                .map(name -> String.valueOf(name.getFileName()))
                .sorted()
                .toList();
    }

    /** Directories come and go with their files here; that a directory's own name must be synced is not modelled. */
    @Override
    public void makeDirectories(Path directory) throws IOException {
        step();
    }

    @Override
    public long room(Path directory) {
        return fault == Fault.FULL && steps >= faultAt ? 0 : Long.MAX_VALUE;
    }

    @Override
    public Turns turns(Path path) {
        return new Turns() {
            @Override
            public Closeable take(Turn turn) {
                return () -> {};
            }

            @Override
            public long generation() {
                return generation;
            }

            @Override
            public void generation(long value) throws IOException {
                step();
                generation = value;
            }

            @Override
            public void close() {
                // Nothing is held.
            }
        };
    }

    @Override
    public Optional<byte[]> read(Path path) {
        return read(path, 0, Integer.MAX_VALUE);
    }

    Stream<Path> files() {
        return names.keySet().stream();
    }

    byte[] content(Path path) {
        return read(path).orElseGet(() -> new byte[0]);
    }

    private void step() throws IOException {
        if (dead) {
            throw new Crashed();
        }
        steps++;
        if (steps == faultAt && fault == Fault.CRASH) {
            dead = true;
            throw new Crashed();
        }
        if (steps == faultAt && fault == Fault.ERROR) {
            throw new IOException("Input/output error");
        }
    }

    private void change(Inode inode, byte[] bytes) throws IOException {
        if (dead) {
            throw new Crashed();
        }
        long step = steps + 1;
        boolean cut = fault == Fault.FULL ? step >= faultAt : step == faultAt;
        if (!cut) {
            step();
            recordWrite(inode, bytes);
            return;
        }
        recordWrite(inode, Arrays.copyOf(bytes, random.nextInt(bytes.length + 1)));
        if (fault == Fault.FULL) {
            steps++;
            throw new IOException("No space left on device");
        }
        step();
    }

    /** On its way to the disk a write may be torn once more. */
    private void recordWrite(Inode inode, byte[] bytes) {
        int at = inode.content.length;
        inode.content = joined(inode.content, bytes);
        int torn = random.nextInt(3) == 0 ? random.nextInt(bytes.length + 1) : bytes.length;
        inode.pending.add(before -> {
            byte[] after = Arrays.copyOf(before, Math.max(before.length, at + torn));
            System.arraycopy(bytes, 0, after, at, torn);
            return after;
        });
    }

    private void record(Inode inode, UnaryOperator<byte[]> change) {
        inode.content = change.apply(inode.content);
        inode.pending.add(change);
    }

    private void sync(Inode inode) throws IOException {
        try {
            step();
        } catch (Crashed e) {
            throw e;
        } catch (IOException e) {
            inode.pending.clear();
            throw e;
        }
        inode.durable = inode.content;
        inode.pending.clear();
    }

    private void name(NameChange change) {
        apply(names, change);
        pendingNames.add(change);
    }

    private Inode inode(Path path) throws IOException {
        Inode inode = names.get(path);
        if (inode == null) {
            throw new IOException(path + " is missing");
        }
        return inode;
    }

    private static void apply(Map<Path, Inode> to, NameChange change) {
        if (change.inode.isPresent()) {
            to.put(change.name, change.inode.get());
        } else {
            to.remove(change.name);
        }
    }

    private static byte[] joined(byte[] one, byte[] two) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(one);
        all.writeBytes(two);
        return all.toByteArray();
    }
}
