package dev.pawl.policy.cedar;

import static dev.pawl.policy.cedar.Scene.value;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Addresses, decimals, moments and durations. The expected values are Cedar's. */
class ExtensionsTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            ip("10.0.0.1").isIpv4()                             | true
            ip("::1").isIpv6()                                  | true
            ip("127.0.0.1").isLoopback()                        | true
            ip("127.0.0.0/8").isLoopback()                      | true
            ip("127.0.0.0/7").isLoopback()                      | false
            ip("::1/127").isLoopback()                          | false
            ip("::ffff:7f00:1").isLoopback()                    | false
            ip("224.0.0.1/4").isMulticast()                     | true
            ip("224.0.0.1/3").isMulticast()                     | false
            ip("ff02::1").isMulticast()                         | true
            context.from.isInRange(ip("10.0.0.0/8"))            | true
            context.from.isInRange(ip("10.2.0.0/16"))           | false
            context.from.isInRange(ip("0.0.0.0/0"))             | true
            context.from.isInRange(ip("::/0"))                  | false
            ip("10.0.0.0/8").isInRange(ip("10.0.0.0/16"))       | false
            ip("fe80::1").isInRange(ip("fe80::/10"))            | true
            ip("1:2:3:4:5:6:7:8").isInRange(ip("1:2:3:4:5:6:7::/112")) | true
            "10.0.0.1".isIpv4()                                 | error: expected an address, found a string
            ip(1)                                               | error: expected a string, found a number
            ip("10.0.0.1").isInRange()                          | error: isInRange takes 2 arguments, not 1
            """)
    void addresses(String expression, String expected) {
        assertThat(value(expression)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1.2.3",
                "1.2.3.4.5",
                "256.1.1.1",
                "01.2.3.4",
                "1.2.3.4/33",
                "1.2.3.4/08",
                "1.2.3.4/",
                "1.2.3.4/+8",
                "::ffff:1.2.3.4",
                "::1/129",
                "1::2::3",
                "1:2:3:4:5:6:7:8::",
                "::2:3:4:5:6:7:8:9",
                "fe80::1%eth0",
                "::12345",
                ":1",
                "1:",
                ":::",
                "localhost",
                "１.2.3.4"
            })
    void textsThatAreNoAddress(String text) {
        assertThat(value("ip(" + Quotes.quote(text) + ")")).startsWith("error: ip(");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            decimal("1.5").lessThan(decimal("1.50"))            | false
            decimal("-0.5").lessThan(decimal("0.0"))            | true
            decimal("1.5").lessThanOrEqual(decimal("1.5"))      | true
            decimal("2.0").greaterThan(decimal("1.9999"))       | true
            decimal("2.0").greaterThanOrEqual(decimal("2.0001"))| false
            decimal("922337203685477.5807")                     | decimal("922337203685477.5807")
            decimal("-922337203685477.5808")                    | decimal("-922337203685477.5808")
            decimal("922337203685477.5808")                     | error: decimal("922337203685477.5808"): too large
            decimal("1.23456")                                  | error: decimal("1.23456"): more than 4 digits after the point
            decimal("1")                                        | error: decimal("1"): not of the form 12.34
            decimal("+1.0")                                     | error: decimal("+1.0"): not of the form 12.34
            1.lessThan(decimal("1.0"))                          | error: expected a decimal, found a number
            """)
    void decimals(String expression, String expected) {
        assertThat(value(expression)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            datetime("1970-01-02")                              | datetime("1970-01-01").offset(duration("86400000ms"))
            datetime("1970-01-01T00:00:01.500Z")                | datetime("1970-01-01").offset(duration("1500ms"))
            datetime("1970-01-01T01:00:00+0100") == datetime("1970-01-01") | true
            datetime("1969-12-31T23:00:00-0100") == datetime("1970-01-01") | true
            datetime("2024-02-29").toDate() == datetime("2024-02-29") | true
            datetime("1969-12-31T12:00:00Z").toDate()           | datetime("1970-01-01").offset(duration("-86400000ms"))
            datetime("1969-12-31T12:00:00Z").toTime()           | duration("43200000ms")
            datetime("1970-01-01").offset(duration("-1ms")).toTime() | duration("86399999ms")
            datetime("1970-01-02").durationSince(datetime("1970-01-01")) | duration("86400000ms")
            duration("1d2h3m4s5ms").toMilliseconds()            | 93784005
            duration("-1d1ms").toSeconds()                      | -86400
            duration("-90s").toMinutes()                        | -1
            duration("25h").toHours()                           | 25
            duration("49h").toDays()                            | 2
            datetime("9999-12-31").offset(duration("9223372036854775807ms")) | error: the datetime is too far away
            datetime("1970-01-01").offset(duration("-9223372036854775808ms")).toDate() | error: the datetimes are too far apart
            datetime("1970-01-01").offset(1)                    | error: expected a duration, found a number
            """)
    void momentsAndDurations(String expression, String expected) {
        assertThat(value(expression)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2024",
                "2024-1-1",
                "2023-02-29",
                "2024-13-01",
                "2024-01-01T00:00:00",
                "2024-01-01T24:00:00Z",
                "2024-01-01T00:60:00Z",
                "2024-01-01T00:00:60Z",
                "2024-01-01T00:00:00.5Z",
                "2024-01-01T00:00:00+2400",
                "2024-01-01T00:00:00+0060",
                "2024-01-01T00:00:00ZZ",
                "2024-01-01Z",
                "+2024-01-01",
                "2024-01-01T00:00:00z"
            })
    void textsThatAreNoMoment(String text) {
        assertThat(value("datetime(" + Quotes.quote(text) + ")")).startsWith("error: datetime(");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-",
                "1",
                "d",
                "1x",
                "1ms1s",
                "1s1s",
                "+1s",
                "1 s",
                "--1s",
                "9223372036854775808ms",
                "106751991168d"
            })
    void textsThatAreNoDuration(String text) {
        assertThat(value("duration(" + Quotes.quote(text) + ")")).startsWith("error: duration(");
    }

    @Test
    void theShortestAndTheLongestDuration() {
        assertThat(value("duration(\"-9223372036854775808ms\").toMilliseconds()"))
                .isEqualTo("-9223372036854775808");
        assertThat(value("duration(\"9223372036854775807ms\").toDays()")).isEqualTo("106751991167");
    }
}
