package dev.pawl.gateway.leak.testing;

import java.nio.charset.StandardCharsets;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.Function;
import java.util.zip.CRC32;

/** Secrets as their issuers make them, drawn from a seed: right in every respect but that nobody issued them. */
public final class FalseSecrets {
    private static final String BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final String BASE64 = BASE62 + "+/";
    private static final String URL = BASE62 + "-_";
    private static final String HEX = "0123456789abcdef";
    private static final String UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

    /** Real keys; made once, since that takes its time. */
    private static final Map<String, byte[]> KEYS =
            Map.of("RSA", made("RSA"), "EC", made("EC"), "Ed25519", made("Ed25519"));

    private FalseSecrets() {}

    /** A kind and a way to draw one of it. Names are kinds with a word behind where there are several. */
    public static Map<String, Function<Random, String>> makers() {
        Map<String, Function<Random, String>> makers = new LinkedHashMap<>();
        for (String type : new String[] {"RSA", "EC", "Ed25519"}) {
            makers.put("private-key " + type, random -> pem("PRIVATE KEY", key(type)));
        }
        makers.put("private-key json", random -> pem("PRIVATE KEY", key("EC")).replace("\n", "\\n"));
        makers.put(
                "private-key url",
                random -> pem("PRIVATE KEY", key("EC"))
                        .replace("+", "%2B")
                        .replace("/", "%2F")
                        .replace("\n", "%0A")
                        .replace(" ", "+")
                        .replace("=", "%3D"));
        makers.put("private-key rsa", random -> pem("RSA PRIVATE KEY", bytes(random, 1190)));
        makers.put(
                "private-key encrypted",
                random -> "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC,"
                        + text(random, "0123456789ABCDEF", 32) + "\n\n"
                        + pem("X", bytes(random, 600)).substring(17));
        makers.put("private-key openssh", random -> pem("OPENSSH PRIVATE KEY", openSsh(random)));
        makers.put(
                "private-key pgp",
                random -> "-----BEGIN PGP PRIVATE KEY BLOCK-----\nVersion: GnuPG v2\nComment: none at all\n\n"
                        + pem("X", bytes(random, 900)).substring(17));
        makers.put(
                "private-key putty",
                random -> "PuTTY-User-Key-File-3: ssh-ed25519\nEncryption: none\nComment: k\nPublic-Lines: 2\n"
                        + text(random, BASE64, 64) + "\nPrivate-Lines: 1\n" + text(random, BASE64, 48) + "\n");
        makers.put("private-key der", random -> new String(key("RSA"), StandardCharsets.ISO_8859_1));
        makers.put(
                "private-key age", random -> "AGE-SECRET-KEY-1" + text(random, "QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L", 58));
        for (String prefix : new String[] {"ghp_", "gho_", "ghs_"}) {
            makers.put("github-token " + prefix, random -> checked(random, prefix));
        }
        makers.put(
                "github-token pat",
                random -> "github_pat_" + text(random, BASE62, 22) + "_" + text(random, BASE62, 59));
        makers.put("npm-token", random -> checked(random, "npm_"));
        makers.put("gitlab-token", random -> "glpat-" + text(random, URL, 20));
        makers.put(
                "aws-key",
                random -> "aws_access_key_id = AKIA" + text(random, UPPER + "234567", 16) + "\naws_secret_access_key = "
                        + text(random, BASE64, 40) + "\n");
        makers.put(
                "aws-key json",
                random -> "{\"SecretAccessKey\":\"" + text(random, BASE64, 40)
                        + "\",\"SessionToken\":null,\"AccessKeyId\":\"ASIA" + text(random, UPPER + "234567", 16)
                        + "\"}");
        makers.put(
                "alibaba-key",
                random -> "id: LTAI5t" + text(random, BASE62, 18) + " secret: " + text(random, BASE62, 30));
        makers.put("azure-key", random -> "AccountName=a;AccountKey=" + text(random, BASE64, 86) + "==;");
        makers.put("azure-key client", random -> text(random, BASE62, 3) + "8Q~" + text(random, BASE62 + "-_.~", 34));
        makers.put("google-key", random -> "AIza" + text(random, URL, 35));
        makers.put(
                "private-key gcp",
                random -> "{\"type\": \"service_account\", \"private_key\": \""
                        + pem("PRIVATE KEY", key("EC")).replace("\n", "\\n") + "\"}");
        makers.put(
                "slack-token",
                random -> "xoxb-" + text(random, "123456789", 12) + "-" + text(random, "123456789", 13) + "-"
                        + text(random, BASE62, 24));
        makers.put("stripe-key", random -> "sk_live_" + text(random, BASE62, 24));
        makers.put("stripe-key long", random -> "rk_live_" + text(random, BASE62, 99));
        makers.put("pypi-token", random -> "pypi-AgEIcHlwaS5vcmc" + text(random, URL, 150));
        makers.put("openai-key", random -> "sk-proj-" + text(random, URL, 74) + "T3BlbkFJ" + text(random, URL, 74));
        makers.put(
                "openai-key old", random -> "sk-" + text(random, BASE62, 20) + "T3BlbkFJ" + text(random, BASE62, 20));
        makers.put("api-key", random -> "sk-" + text(random, HEX, 32));
        makers.put("anthropic-key", random -> "sk-ant-api03-" + text(random, URL, 93) + "AA");
        makers.put(
                "huggingface-token",
                random -> "hf_" + text(random, UPPER + UPPER.toLowerCase(java.util.Locale.ROOT), 34));
        makers.put("sendgrid-key", random -> "SG." + text(random, URL, 22) + "." + text(random, URL, 43));
        makers.put("digitalocean-token", random -> "dop_v1_" + text(random, HEX, 64));
        makers.put("jwt", FalseSecrets::jwt);
        makers.put("database-url", random -> "postgres://app:" + text(random, BASE62, 20) + "@db.internal:5432/app");
        makers.put("url-password", random -> "https://build:" + text(random, BASE62, 16) + "@git.corp.test/x.git");
        makers.put("password", random -> "DB_PASSWORD=" + text(random, BASE62 + "!@#^*", 20));
        makers.put("password yaml", random -> "api_key: \"" + text(random, BASE62, 32) + "\"");
        makers.put("password json", random -> "{\"clientSecret\":\"" + text(random, URL, 40) + "\"}");
        makers.put(
                "password escaped",
                random -> "{\"text\":\"{\\\"secret\\\": \\\"" + text(random, BASE64, 44) + "\\\"}\"}");
        makers.put("password hex", random -> "SECRET_KEY_BASE=" + text(random, HEX, 64));
        return makers;
    }

    /** One of a kind. */
    public static String one(String name, Random random) {
        return Objects.requireNonNull(makers().get(name), name).apply(random);
    }

    /** The kind a finding of a maker's secret has. */
    public static String kind(String maker) {
        return maker.split(" ", 2)[0];
    }

    /** Random letters. */
    public static String text(Random random, String alphabet, int length) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }

    /** With the armour of PEM. */
    public static String pem(String label, byte[] body) {
        return "-----BEGIN " + label + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(body) + "\n-----END " + label + "-----\n";
    }

    /** A real private key, for nothing. */
    public static byte[] key(String type) {
        return Objects.requireNonNull(KEYS.get(type)).clone();
    }

    private static byte[] made(String type) {
        try {
            return KeyPairGenerator.getInstance(type)
                    .generateKeyPair()
                    .getPrivate()
                    .getEncoded();
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] openSsh(Random random) {
        byte[] body = bytes(random, 280);
        byte[] magic = "openssh-key-v1\0\0\0\0\4none".getBytes(StandardCharsets.ISO_8859_1);
        System.arraycopy(magic, 0, body, 0, magic.length);
        return body;
    }

    private static byte[] bytes(Random random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private static String checked(Random random, String prefix) {
        String covered = text(random, BASE62, 30);
        CRC32 crc = new CRC32();
        crc.update(covered.getBytes(StandardCharsets.US_ASCII));
        StringBuilder check = new StringBuilder();
        long rest = crc.getValue();
        for (int i = 0; i < 6; i++) {
            check.insert(0, BASE62.charAt((int) (rest % 62)));
            rest /= 62;
        }
        return prefix + covered + check;
    }

    private static String jwt(Random random) {
        Base64.Encoder encoder = Base64.getUrlEncoder().withoutPadding();
        String header = "{\"alg\":\"HS256\",\"typ\":\"JWT\"}";
        String claims = "{\"sub\":\"" + text(random, BASE62, 12) + "\",\"exp\":1999999999}";
        return encoder.encodeToString(header.getBytes(StandardCharsets.US_ASCII)) + "."
                + encoder.encodeToString(claims.getBytes(StandardCharsets.US_ASCII)) + "." + text(random, URL, 43);
    }
}
