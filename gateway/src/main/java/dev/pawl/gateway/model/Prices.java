package dev.pawl.gateway.model;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What tokens cost, from {@code prices.tsv}, which says of when it is. Immutable. */
public final class Prices {
    private static final int COLUMNS = 6;

    private final List<Price> prices;

    private record Price(
            String provider,
            String model,
            BigDecimal input,
            BigDecimal cached,
            BigDecimal written,
            BigDecimal output) {}

    private Prices(List<Price> prices) {
        this.prices = List.copyOf(prices);
    }

    /** The list of this version. */
    public static Prices known() {
        try (InputStream in = Prices.class.getResourceAsStream("prices.tsv")) {
            if (in == null) {
                throw new IllegalStateException("prices.tsv is missing");
            }
            return read(new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Prices read(BufferedReader lines) throws IOException {
        List<Price> prices = new ArrayList<>();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            String[] parts = line.split("\t", -1);
            if (parts.length != COLUMNS) {
                throw new IllegalStateException("no price: " + line);
            }
            prices.add(new Price(
                    parts[0],
                    parts[1],
                    new BigDecimal(parts[2]),
                    new BigDecimal(parts[3]),
                    new BigDecimal(parts[4]),
                    new BigDecimal(parts[5])));
        }
        return new Prices(prices);
    }

    /**
     * What this use costs in millionths of a US dollar, rounded up; empty where no price is known.
     *
     * @param model as provider or request name it; what stands before a slash, as resellers have it, does not count
     */
    public Optional<Long> micros(Wire wire, String model, Usage usage) {
        return of(wire, model).map(price -> {
            long plain = Math.max(0, usage.input() - usage.cached() - usage.written());
            // Dollars for a million tokens are millionths of a dollar for one.
            BigDecimal all = price.input()
                    .multiply(BigDecimal.valueOf(plain))
                    .add(price.cached().multiply(BigDecimal.valueOf(usage.cached())))
                    .add(price.written().multiply(BigDecimal.valueOf(usage.written())))
                    .add(price.output().multiply(BigDecimal.valueOf(usage.output())));
            return all.setScale(0, RoundingMode.CEILING).longValueExact();
        });
    }

    private Optional<Price> of(Wire wire, String model) {
        String name = model.substring(model.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
        Price best = null;
        for (Price price : prices) {
            boolean fits = price.provider().equals(wire.provider()) && begins(name, price.model());
            if (fits && (best == null || price.model().length() > best.model().length())) {
                best = price;
            }
        }
        return Optional.ofNullable(best);
    }

    /** A version may follow, another name may not: {@code o3-mini} is no {@code o3}, {@code gpt-5-2025-08-07} is a gpt-5. */
    private static boolean begins(String name, String known) {
        if (!name.startsWith(known)) {
            return false;
        }
        String rest = name.substring(known.length());
        return rest.isEmpty() || rest.matches("[-.@][0-9v].*|-(latest|codex|chat|preview|exp).*");
    }
}
