package dev.pawl.sandbox;

import dev.pawl.sandbox.init.Init;
import dev.pawl.sandbox.linux.Kernel;
import dev.pawl.sandbox.linux.Sys;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The bubblewrap command line for a blueprint: what an agent sees, in the order in which it is mounted. Generated files
 * travel in descriptors from {@value #FIRST_DATA} on.
 */
record Bubblewrap(List<String> command, List<byte[]> data) {
    /** Where bubblewrap writes the process id of the sandbox's process 1. */
    static final int INFO = Init.CHANNEL + 1;

    static final int FIRST_DATA = INFO + 1;

    private static final String JAR = "/run/pawl/init.jar";
    private static final String CACHE = "/run/pawl/init.aot";

    /** What programs commonly read; secrets of the machine (shadow, keys, other services) are not among it. */
    private static final List<String> ETC = List.of(
            "alternatives",
            "bash.bashrc",
            "ca-certificates",
            "ca-certificates.conf",
            "crypto-policies",
            "debian_version",
            "emacs",
            "fonts",
            "gai.conf",
            "gitconfig",
            "host.conf",
            "inputrc",
            "java",
            "java-17-openjdk",
            "java-21-openjdk",
            "java-25-openjdk",
            "ld.so.cache",
            "ld.so.conf",
            "ld.so.conf.d",
            "localtime",
            "login.defs",
            "lsb-release",
            "machine-id",
            "magic",
            "mailcap",
            "manpath.config",
            "maven",
            "mime.types",
            "nanorc",
            "npmrc",
            "os-release",
            "perl",
            "pki/ca-trust",
            "pki/java",
            "pki/tls/certs",
            "pki/tls/cert.pem",
            "pki/tls/openssl.cnf",
            "profile",
            "profile.d",
            "protocols",
            "python3",
            "python3.11",
            "python3.13",
            "rpc",
            "services",
            "shells",
            "ssh/ssh_config",
            "ssh/ssh_config.d",
            "ssl/certs",
            "ssl/openssl.cnf",
            "terminfo",
            "timezone",
            "vim",
            "wgetrc");

    /**
     * Parts of /proc that say or change something about the machine. As root (which owns them, capabilities or not) an
     * agent could otherwise set core_pattern and be run outside.
     */
    private static final List<String> PROC_READ_ONLY = List.of("sys", "irq", "bus", "fs");

    private static final List<String> PROC_HIDDEN_FILES =
            List.of("sysrq-trigger", "kcore", "keys", "key-users", "timer_list", "kmsg", "kpagecount", "kpageflags");
    private static final List<String> PROC_HIDDEN_DIRECTORIES = List.of("acpi", "scsi", "asound", "pressure");

    Bubblewrap {
        command = List.copyOf(command);
        data = List.copyOf(data);
    }

    static Bubblewrap plan(Path program, Blueprint blueprint, Path notices, Map<Path, Path> late) throws IOException {
        List<String> line = new ArrayList<>(List.of(program.toString()));
        add(line, "--unshare-user", "--unshare-pid", "--unshare-net", "--unshare-ipc", "--unshare-uts");
        add(line, "--unshare-cgroup-try", "--die-with-parent", "--cap-drop", "ALL", "--clearenv");
        add(line, "--info-fd", String.valueOf(INFO));
        // Named here because parents of a private file would be made private too.
        for (String directory : List.of("/etc", "/run", "/run/pawl", "/var")) {
            add(line, "--perms", "0755", "--dir", directory);
        }
        system(line);
        proc(line);
        String size = String.valueOf(blueprint.tmpBytes());
        add(line, "--dev", "/dev", "--perms", "1777", "--size", size, "--tmpfs", "/dev/shm", "--remount-ro", "/dev");
        add(line, "--perms", "1777", "--size", size, "--tmpfs", "/tmp");
        add(line, "--perms", "1777", "--size", size, "--tmpfs", "/var/tmp");
        add(line, "--perms", "0700", "--size", size, "--tmpfs", blueprint.home().toString());
        List<byte[]> data = generated(line, blueprint);
        for (Path path : blueprint.read()) {
            add(line, "--ro-bind", path.toString(), path.toString());
        }
        add(
                line,
                "--bind",
                blueprint.workspace().toString(),
                blueprint.workspace().toString());
        for (Path path : blueprint.write()) {
            add(line, "--bind", path.toString(), path.toString());
        }
        for (Path path : blueprint.read()) {
            if (path.startsWith(blueprint.workspace())) {
                add(line, "--ro-bind", path.toString(), path.toString());
            }
        }
        blueprint.links().forEach((name, target) -> add(line, "--symlink", target.toString(), name.toString()));
        for (Path path : blueprint.protectedPaths()) {
            add(line, "--ro-bind", path.toString(), path.toString());
        }
        late.forEach((inside, outside) -> add(line, "--ro-bind", outside.toString(), inside.toString()));
        add(line, "--ro-bind", notices.toString(), NoticeFile.INSIDE);
        add(line, "--ro-bind", blueprint.initJar().toString(), JAR);
        blueprint.initCache().ifPresent(cache -> add(line, "--ro-bind", cache.toString(), CACHE));
        if (!blueprint.java().startsWith("/usr")) {
            add(line, "--ro-bind", blueprint.java().toString(), blueprint.java().toString());
        }
        add(line, "--remount-ro", "/", "--chdir", "/", "--");
        init(line, blueprint);
        return new Bubblewrap(line, data);
    }

    /** The Java command of the init; also what its AOT cache is trained with. */
    static void init(List<String> line, Blueprint blueprint) {
        add(line, blueprint.java().resolve("bin/java").toString());
        // Interpreted: it runs once, and compiling would only compete with it for the processor.
        add(line, "-XX:+UseSerialGC", "-Xint", "-XX:-UsePerfData", "-Xmx48m", "-Xss512k");
        add(line, "-Xlog:disable", "-Xlog:all=off", "--enable-native-access=ALL-UNNAMED");
        if (blueprint.initCache().isPresent()) {
            add(line, "-XX:AOTCache=" + CACHE);
        }
        add(line, "-cp", JAR, Init.class.getName());
    }

    private static void system(List<String> line) {
        add(line, "--ro-bind", "/usr", "/usr");
        for (String name : List.of("/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32")) {
            Path path = Path.of(name);
            if (Files.isSymbolicLink(path)) {
                try {
                    add(line, "--symlink", Files.readSymbolicLink(path).toString(), name);
                } catch (IOException e) {
                    throw new IllegalStateException("cannot read the link " + name, e);
                }
            } else if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
                add(line, "--ro-bind", name, name);
            }
        }
        for (String name : ETC) {
            if (Files.exists(Path.of("/etc", name))) {
                add(line, "--ro-bind", "/etc/" + name, "/etc/" + name);
            }
        }
    }

    private static void proc(List<String> line) {
        add(line, "--proc", "/proc");
        // Process 1 is bubblewrap's reaper: same user as the agent, no filter. Its memory must not be writable.
        add(line, "--tmpfs", "/proc/1", "--remount-ro", "/proc/1");
        for (String name : PROC_READ_ONLY) {
            if (Files.exists(Path.of("/proc", name))) {
                add(line, "--ro-bind", "/proc/" + name, "/proc/" + name);
            }
        }
        for (String name : PROC_HIDDEN_FILES) {
            if (Files.exists(Path.of("/proc", name))) {
                add(line, "--ro-bind", "/dev/null", "/proc/" + name);
            }
        }
        for (String name : PROC_HIDDEN_DIRECTORIES) {
            if (Files.exists(Path.of("/proc", name))) {
                add(line, "--tmpfs", "/proc/" + name, "--remount-ro", "/proc/" + name);
            }
        }
    }

    private static List<byte[]> generated(List<String> line, Blueprint blueprint) {
        long uid = Kernel.call(Sys.GETEUID, 0, 0, 0);
        String user = blueprint.user();
        Map<Path, String> files = new LinkedHashMap<>();
        StringBuilder passwd = new StringBuilder();
        StringBuilder group = new StringBuilder();
        if (uid != 0) {
            passwd.append("root:x:0:0:root:/root:/bin/bash\n");
            group.append("root:x:0:\n");
        }
        passwd.append(user + ":x:" + uid + ":" + gid() + "::" + blueprint.home() + ":/bin/bash\n");
        passwd.append("nobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin\n");
        group.append(user + ":x:" + gid() + ":\nnogroup:x:65534:\n");
        files.put(Path.of("/etc/passwd"), passwd.toString());
        files.put(Path.of("/etc/group"), group.toString());
        files.put(Path.of("/etc/hosts"), "127.0.0.1 localhost\n::1 localhost ip6-localhost ip6-loopback\n");
        files.put(Path.of("/etc/resolv.conf"), "nameserver 127.0.0.53\noptions edns0\n");
        files.put(
                Path.of("/etc/nsswitch.conf"),
                "passwd: files\ngroup: files\nhosts: files dns\nservices: files\nprotocols: files\n");
        // Before anything real is shown: a place for one must never be made in a directory of the person's.
        files.putAll(new TreeMap<>(blueprint.texts()));
        List<byte[]> data = new ArrayList<>();
        files.forEach((path, text) -> {
            add(line, "--perms", "0644", "--ro-bind-data", String.valueOf(FIRST_DATA + data.size()), path.toString());
            data.add(text.getBytes(StandardCharsets.UTF_8));
        });
        return data;
    }

    private static long gid() {
        return Kernel.call(Sys.GETEGID, 0, 0, 0);
    }

    private static void add(List<String> line, String... words) {
        line.addAll(List.of(words));
    }
}
