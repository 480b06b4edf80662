package dev.pawl.gateway.leak.read;

import java.util.List;

/** Several views of one stream. Not thread-safe. */
record Fan(List<View> views) implements View {
    Fan {
        views = List.copyOf(views);
    }

    @Override
    public void feed(byte[] bytes, int from, int length) throws Unreadable {
        for (View view : views) {
            view.feed(bytes, from, length);
        }
    }

    @Override
    public void finish() throws Unreadable {
        for (View view : views) {
            view.finish();
        }
    }

    @Override
    public void restart() {
        views.forEach(View::restart);
    }

    @Override
    public long held() {
        return views.stream().mapToLong(View::held).min().orElse(Long.MAX_VALUE);
    }

    @Override
    public long position() {
        return views.getFirst().position();
    }

    @Override
    public void close() {
        views.forEach(View::close);
    }
}
