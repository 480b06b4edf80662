package dev.pawl.gateway.identify;

import dev.pawl.gateway.identify.RpcMessage.Place;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which messages are mining: those of Stratum and its dialects for Bitcoin, Zcash, Monero, Grin, Beam and Ethereum, of
 * getwork and getblocktemplate, and of miners in browsers. Names of methods are compared whole.
 */
final class StratumWords {
    /** How a message is to be taken; ordered. */
    enum Weight {
        NOTHING,
        /** A call by JSON-RPC, of whatever. */
        CALL,
        /** Mining, if the answer agrees. */
        LIKELY,
        MINING
    }

    /** @param dialect null where it cannot be told */
    record Meaning(Weight weight, @Nullable String dialect) {
        static final Meaning NOTHING = new Meaning(Weight.NOTHING, null);
    }

    private static final Set<String> MINING = Set.of(
            "subscribe",
            "authorize",
            "submit",
            "configure",
            "notify",
            "set_difficulty",
            "set_target",
            "set_extranonce",
            "extranonce.subscribe",
            "extranonce_subscribe",
            "suggest_difficulty",
            "suggest_target",
            "suggest.difficulty",
            "suggest.target",
            "get_transactions",
            "get_hashrate",
            "capabilities",
            "multi_version",
            "hashrate",
            "set_version_mask",
            "set_goal",
            "set",
            "hello",
            "bye",
            "noop",
            "nonce",
            "ping",
            "pong",
            "get_job",
            "set_algo",
            "set_txlist",
            "resume",
            "get_upstream_work",
            "submit_hashrate",
            "update_block",
            "set_block_difficulty",
            "get_difficulty",
            "disconnect",
            "client.show_message",
            "wait_for_work",
            "submitted",
            "authorized",
            "subscribed",
            "reconnect");

    private static final Set<String> ETHEREUM = Set.of(
            "eth_submitlogin", "eth_login", "eth_submitwork", "eth_getwork", "eth_submithashrate", "eth_authorize");

    private static final Pattern WALLET = Pattern.compile("[0-9A-Za-z]{30,}([.+/@:_][ -~]*)?");

    private static final Pattern MINER = Pattern.compile(
            "(?i).*(xmrig|xmr-|xmr_|miner|cpuminer|ccminer|srbminer|teamred|trex|t-rex|gminer|nbminer|lolminer|bzminer|wildrig"
                    + "|rigel|claymore|ethminer|monero|cryptonight|randomx|p2pool|nanominer|cgminer|bfgminer|hashrate).*");

    private static final Pattern ALGORITHM = Pattern.compile(
            "(cn|rx|argon2|astrobwt|kawpow|ghostrider|panthera|cuckaroo|cuckoo|cryptonight)[-/_0-9a-z]*.*");

    /** As programs name themselves; browsers all say they are one. */
    private static final Pattern PRODUCT = Pattern.compile("(?!Mozilla/)[A-Za-z][A-Za-z0-9._ -]{0,40}/v?[0-9].*");

    private static final Pattern DIGEST = Pattern.compile("(0x)?[0-9A-Fa-f]+");
    private static final Pattern LONG_DIGEST = Pattern.compile("(0x)?[0-9A-Fa-f]{64,}");

    private StratumWords() {}

    static Meaning of(RpcMessage message) {
        for (String method : message.methods()) {
            Meaning called = method(method.toLowerCase(Locale.ROOT), message);
            if (called.weight() != Weight.NOTHING) {
                return called;
            }
        }
        if (job(message) || browser(message)) {
            return new Meaning(Weight.MINING, "monero");
        }
        for (String text : message.results()) {
            if (mining(text.toLowerCase(Locale.ROOT))) {
                return new Meaning(Weight.MINING, dialect(message, message.results()));
            }
        }
        boolean call = !message.methods().isEmpty()
                || message.has(Place.TOP, "jsonrpc")
                || (message.has(Place.TOP, "id")
                        && (message.has(Place.TOP, "result") || message.has(Place.TOP, "error")));
        return call ? new Meaning(Weight.CALL, null) : Meaning.NOTHING;
    }

    /** Of a message that is not whole: its method is enough for a suspicion. */
    static boolean begins(RpcMessage message) {
        return message.methods().stream()
                .map(method -> method.toLowerCase(Locale.ROOT))
                .anyMatch(method -> mining(method) || ETHEREUM.contains(method));
    }

    private static boolean mining(String text) {
        return text.startsWith("mining.") && MINING.contains(text.substring("mining.".length()));
    }

    private static Meaning method(String method, RpcMessage message) {
        if (mining(method)) {
            return new Meaning(Weight.MINING, dialect(message, message.params()));
        }
        if (ETHEREUM.contains(method)) {
            return new Meaning(Weight.MINING, "ethereum");
        }
        return switch (method) {
            case "getwork", "getworkex" -> new Meaning(Weight.MINING, "getwork");
            case "getblocktemplate", "get_block_template", "getminingcandidate" ->
                new Meaning(Weight.LIKELY, "getblocktemplate");
            case "miner-notify", "miner-submit" -> new Meaning(Weight.MINING, "pascal");
            case "getjobtemplate" -> new Meaning(Weight.MINING, "grin");
            case "keepalived" -> new Meaning(Weight.LIKELY, "monero");
            case "login" -> login(message);
            case "solution" ->
                message.has(Place.TOP, "nonce") && message.has(Place.TOP, "output")
                        ? new Meaning(Weight.MINING, "beam")
                        : Meaning.NOTHING;
            case "job" ->
                message.hasScalar(Place.TOP, "input") && message.hasScalar(Place.TOP, "difficulty")
                        ? new Meaning(Weight.MINING, "beam")
                        : Meaning.NOTHING;
            default -> Meaning.NOTHING;
        };
    }

    /**
     * A login is mining where the account is a wallet, the agent a miner or algorithms are offered; else the answer tells,
     * unless the account is an address of mail or the agent a browser.
     */
    private static Meaning login(RpcMessage message) {
        if (message.hasScalar(Place.TOP, "api_key") && "login".equals(message.string(Place.TOP, "id"))) {
            return new Meaning(Weight.MINING, "beam");
        }
        String login = either(message, "login", "user");
        if (login == null) {
            return Meaning.NOTHING;
        }
        String agent = message.string(Place.PARAMS, "agent");
        boolean named = message.string(Place.PARAMS, "login") != null;
        boolean passed = message.string(Place.PARAMS, "pass") != null;
        boolean sure = (named && passed && WALLET.matcher(login).matches())
                || (agent != null && MINER.matcher(agent).matches())
                || message.algorithms().stream()
                        .anyMatch(text -> ALGORITHM.matcher(text).matches());
        if (sure) {
            return new Meaning(Weight.MINING, "monero");
        }
        boolean likely =
                named && passed && agent != null && PRODUCT.matcher(agent).matches() && !login.contains("@");
        return likely ? new Meaning(Weight.LIKELY, "monero") : Meaning.NOTHING;
    }

    private static @Nullable String either(RpcMessage message, String first, String second) {
        String text = message.string(Place.PARAMS, first);
        return text == null ? message.string(Place.PARAMS, second) : text;
    }

    /** What a miner in a browser says first: the key of a site, or a handshake that names the pool. */
    private static boolean browser(RpcMessage message) {
        boolean key = "auth".equals(message.string(Place.TOP, "type")) && message.hasScalar(Place.PARAMS, "site_key");
        boolean pool = "handshake".equals(message.string(Place.TOP, "identifier"))
                && message.hasScalar(Place.TOP, "pool")
                && message.hasScalar(Place.TOP, "login");
        return key || pool;
    }

    /** A job handed out, or its solution handed in, whatever the message around it is called. */
    private static boolean job(RpcMessage message) {
        for (Place place : Place.values()) {
            boolean named = message.hasScalar(place, "job_id")
                    || message.hasScalar(place, "jobid")
                    || message.hasScalar(place, "jobId");
            boolean work = message.hasScalar(place, "blob")
                    || message.hasScalar(place, "pre_pow")
                    || message.hasScalar(place, "seed_hash");
            boolean goal = message.hasScalar(place, "target") || message.hasScalar(place, "difficulty");
            if ((named && work && goal)
                    || (named && message.hasScalar(place, "nonce") && proof(message, place))
                    || (named
                            && (message.hasScalar(place, "blockhashing_blob")
                                    || message.hasScalar(place, "mbl_blob")))) {
                return true;
            }
        }
        return false;
    }

    /** A digest that was found; where no call stands around it, it has to be as long as those of mining are. */
    private static boolean proof(RpcMessage message, Place place) {
        Pattern digest = place == Place.TOP ? LONG_DIGEST : DIGEST;
        return message.has(place, "pow")
                || Stream.of("result", "hash", "output")
                        .map(name -> message.string(place, name))
                        .anyMatch(text -> text != null && digest.matcher(text).matches());
    }

    private static String dialect(RpcMessage message, List<String> texts) {
        if (texts.stream().anyMatch(text -> text.startsWith("EthereumStratum/"))) {
            return "ethereum-stratum";
        }
        boolean zcash = message.methods().contains("mining.set_target")
                || (message.methods().contains("mining.subscribe") && texts.size() >= 3);
        return zcash ? "zcash" : "bitcoin";
    }
}
