package dev.pawl.gateway.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a path means, and when nobody can say. */
class TargetTest {
    private static Target of(String target) {
        return Target.of("GET", target, "https", new Authority("api.example", 443, 443));
    }

    @ParameterizedTest
    @CsvSource({
        "/a%20b, /a b, /a b",
        "/@scope%2fname, /@scope%2Fname, /@scope/name",
        "/api/v4/projects/group%2Fsub%2fproject/issues, /api/v4/projects/group%2Fsub%2Fproject/issues,"
                + " /api/v4/projects/group/sub/project/issues",
        "/a%25%2fb, /a%%2Fb, /a%/b",
        "/a%2f, /a%2F, /a/",
    })
    void encodedSlashesStayAndAreReadBothWays(String target, String path, String early) {
        assertThat(of(target)).isEqualTo(new Target.Clear(path, target));
        assertThat(Target.early(path)).isEqualTo(early);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/x%2F..%2Fb",
                "/x%2f..",
                "/..%2fb",
                "/%2e%2e%2fb",
                "/x%2f.%2fb",
                "/x%2f..;p/b",
                "/x%2f%2fb",
                "/x/%2fb",
                "/%2fb",
                "/x%2f/b",
                "/x%252fb",
                "/x%252f..%252fb",
                "/x%2f%255c",
                "/x%2f%5c..",
                "/x%2f%00",
                "/x%2f%ff",
                "/x%2f%2"
            })
    void whatEitherReadingMakesUnclearIsRefused(String target) {
        assertThat(of(target)).isInstanceOf(Target.Unclear.class);
    }
}
