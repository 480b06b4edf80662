package dev.pawl.gateway.leak.read;

import dev.pawl.gateway.leak.scan.Scanner;

/** Scans a stream as it is, and looks for what is beneath. Not thread-safe. */
final class Text implements View {
    private final Scanner scanner;
    private final Found found;
    private final Place place;
    private final String form;
    private final View[] beneath;
    private long before;

    /**
     * @param form what was undone to read it, as part of a finding's place
     * @param beneath views of the same input
     */
    Text(Scanner scanner, Found found, Place place, String form, View... beneath) {
        this.scanner = scanner;
        this.found = found;
        this.place = place;
        this.form = form;
        this.beneath = beneath;
    }

    @Override
    public void feed(byte[] bytes, int from, int length) throws Unreadable {
        scanner.feed(bytes, from, length);
        found.take(scanner, place.now() + form);
        for (View view : beneath) {
            view.feed(bytes, from, length);
        }
    }

    @Override
    public void finish() throws Unreadable {
        scanner.finish();
        found.take(scanner, place.now() + form);
        for (View view : beneath) {
            view.finish();
        }
    }

    @Override
    public void restart() {
        before += scanner.position();
        scanner.restart();
        for (View view : beneath) {
            view.restart();
        }
    }

    @Override
    public long held() {
        long held = before + scanner.held();
        for (View view : beneath) {
            held = Math.min(held, view.held());
        }
        return held;
    }

    @Override
    public long position() {
        return before + scanner.position();
    }

    @Override
    public void close() {
        for (View view : beneath) {
            view.close();
        }
    }
}
