package dev.pawl.policy.cedar;

import static dev.pawl.policy.cedar.Scene.value;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What each operator gives. Each row is an expression and its value. */
class OperatorsTest {
    @ParameterizedTest
    @CsvSource(delimiter = '@', quoteCharacter = '~', textBlock = """
            true && false                       @ false
            false && 1                          @ false
            true && 1                           @ error: expected a boolean, found a number
            1 && true                           @ error: expected a boolean, found a number
            true || "x"                         @ true
            false || "x"                        @ error: expected a boolean, found a string
            !true                               @ false
            !!!!true                            @ true
            !1                                  @ error: expected a boolean, found a number
            if true then 1 else principal.none  @ 1
            if false then principal.none else 2 @ 2
            if 1 then 2 else 3                  @ error: expected a boolean, found a number
            true || false && false              @ true
            (true || false) && false            @ false
            """)
    void logic(String expression, String expected) {
        assertThat(value(expression)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            1 == 1                              | true
            1 == "1"                            | false
            1 != true                           | true
            [1, 2] == [2, 1, 1]                 | true
            {a: 1, b: [2]} == {b: [2], "a": 1}  | true
            {a: 1} == {a: 1, b: 2}              | false
            User::"a" == Group::"a"             | false
            ip("10.0.0.1") == ip("10.0.0.1/32") | true
            ip("10.0.0.1/8") == ip("10.0.0.0/8")| false
            decimal("1.0") == decimal("1.00")   | true
            1 < 2                               | true
            2 <= 2                              | true
            2 > 2                               | false
            2 >= 3                              | false
            "a" < "b"                           | error: expected a number, a datetime or a duration, found a string
            1 < "b"                             | error: expected a number, found a string
            datetime("2026-01-01") < datetime("2026-01-02")   | true
            duration("1h") >= duration("60m")   | true
            duration("1h") < datetime("2026-01-01") | error: expected a duration, found a datetime
            """)
    void comparison(String expression, String expected) {
        assertThat(value(expression)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            1 + 2 * 3 - 4                       | 3
            10 - 2 - 3                          | 5
            -context.port                       | -443
            --2                                 | 2
            9223372036854775807 + 1             | error: overflow in 9223372036854775807 + 1
            -9223372036854775808 - 1            | error: overflow in -9223372036854775808 - 1
            4611686018427387904 * 2             | error: overflow in 4611686018427387904 * 2
            -(-9223372036854775808)             | error: overflow in -(-9223372036854775808)
            1 + true                            | error: expected a number, found a boolean
            """)
    void arithmetic(String expression, String expected) {
        assertThat(value(expression)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            principal.age                       | 41
            principal["odd name"]               | true
            principal.none                      | error: there is no attribute "none"
            resource.owner                      | error: there is no entity Doc::"report"
            context.inner.deep.er               | 7
            context.host.x                      | error: expected a record or an entity, found a string
            principal has age                   | true
            principal has "odd name"            | true
            principal has none                  | false
            resource has owner                  | false
            context has inner.deep.er           | true
            context has inner.shallow.er        | false
            context has port.x                  | error: expected a record or an entity, found a number
            1 has x                             | error: expected a record or an entity, found a number
            principal.boss has name             | false
            principal.hasTag("team")            | true
            principal.hasTag("other")           | false
            resource.hasTag("team")             | false
            principal.getTag("team")            | "blue"
            principal.getTag("other")           | error: there is no tag "other"
            resource.getTag("team")             | error: there is no entity Doc::"report"
            principal.hasTag(1)                 | error: expected a string, found a number
            """)
    void access(String expression, String expected) {
        assertThat(value(expression)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            principal in User::"anna"           | true
            principal in Group::"editors"       | true
            principal in Group::"staff"         | true
            principal in Group::"others"        | false
            resource in resource                | true
            principal in [User::"b", Group::"staff"] | true
            principal in []                     | false
            principal in [Group::"staff", 1]    | error: expected an entity, found a number
            principal in [context.port, Group::"staff"] | error: expected an entity, found a number
            principal in 1                      | error: expected an entity or a set of entities, found a number
            1 in principal                      | error: expected an entity, found a number
            action in Action::"any"             | true
            principal is User                   | true
            principal is Group                  | false
            1 is User                           | error: expected an entity, found a number
            principal is User in Group::"staff" | true
            principal is Group in 1             | false
            principal is User in [Group::"none", User::"anna"] | true
            """)
    void membership(String expression, String expected) {
        assertThat(value(expression)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            [1, "a", true].contains("a")        | true
            [[1], [1, 2]].contains([2, 1])      | true
            context.tags.contains(3)            | false
            [1, 2, 3].containsAll([3, 1])       | true
            [1, 2, 3].containsAll([3, 4])       | false
            [].containsAll([])                  | true
            [1, 2].containsAny([2, 9])          | true
            [1, 2].containsAny([])              | false
            [].isEmpty()                        | true
            context.tags.isEmpty()              | false
            principal.contains(1)               | error: expected a set, found the entity User::"anna"
            [1].containsAll(1)                  | error: expected a set, found a number
            "git.example.com" like "*.example.com" | true
            ".example.com" like "*.example.com" | true
            "example.com" like "*.example.com"  | false
            "abc" like "a*b*c"                  | true
            "abab" like "*ab"                   | true
            "ab" like "ab*ab"                   | false
            "a*c" like "a\\*c"                  | true
            "abc" like "a\\*c"                  | false
            "aaab" like "*aab"                  | true
            "aabaaab" like "a*aaab"             | true
            "abcabd" like "*abd*"               | true
            "ababac" like "*abac*"              | true
            "" like "*"                         | true
            1 like "*"                          | error: expected a string, found a number
            """)
    void setsAndPatterns(String expression, String expected) {
        assertThat(value(expression)).isEqualTo(expected);
    }
}
