package dev.pawl.policy;

import dev.pawl.core.Charter;
import dev.pawl.core.Ranges;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads {@code owner}: who answers for the agent, and where to reach them. */
final class OwnerReader {
    static final List<String> KEYS = List.of("name", "page");

    private static final String NO_OWNER = "an agent without an owner does not start";
    private static final String PAGES =
            "allowed: mailto:you@example.com, https://..., http:// to this machine, tel:+123456";
    private static final int LONGEST_NAME = 200;
    private static final int LONGEST_PAGE = 2000;

    private OwnerReader() {}

    static Optional<Charter.Owner> read(Section root) {
        if (root.get("owner").isEmpty()) {
            root.self()
                    .problems()
                    .at(root.self().node(), "no owner; " + NO_OWNER + ": write owner: with name: below it");
            return Optional.empty();
        }
        Optional<Section> section = root.get("owner").flatMap(value -> value.section(KEYS));
        if (section.isEmpty()) {
            return Optional.empty();
        }
        Optional<String> name = section.get()
                .get("name")
                .flatMap(value -> value.text(LONGEST_NAME, "the name of a person or team is allowed"));
        if (!section.get().values().containsKey("name")) {
            section.get().self().problem("has no name; " + NO_OWNER);
        }
        List<String> pages = new ArrayList<>();
        for (Value item : section.get().get("page").map(Value::items).orElse(List.of())) {
            Optional<String> page = item.text(LONGEST_PAGE, PAGES);
            if (page.isPresent() && !isPage(page.get())) {
                item.problem("is " + Shown.quote(page.get()) + "; " + PAGES);
            }
            page.ifPresent(pages::add);
        }
        return name.map(text -> new Charter.Owner(text, pages));
    }

    private static boolean isPage(String text) {
        URI uri;
        try {
            uri = new URI(text);
        } catch (URISyntaxException e) {
            return false;
        }
        String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
        return switch (scheme) {
            case "mailto" -> uri.getSchemeSpecificPart().matches("[^@\\s,?]{1,64}@[^@\\s,?]{1,253}");
            case "tel" -> uri.getSchemeSpecificPart().matches("\\+?[0-9][0-9().-]{1,30}");
            case "https" -> hasHost(uri);
            case "http" -> hasHost(uri) && isThisMachine(uri.getHost());
            default -> false;
        };
    }

    private static boolean hasHost(URI uri) {
        return uri.getHost() != null && uri.getRawUserInfo() == null;
    }

    private static boolean isThisMachine(String host) {
        return host.equalsIgnoreCase("localhost")
                || HostNames.address(host.replaceAll("[\\[\\]]", ""))
                        .flatMap(Ranges::special)
                        .filter("loopback"::equals)
                        .isPresent();
    }
}
