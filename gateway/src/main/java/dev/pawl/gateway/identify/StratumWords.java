package dev.pawl.gateway.identify;

import dev.pawl.gateway.identify.RpcMessage.Place;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
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
                    + "|rigel|claymore|phoenix|ethminer|monero|cryptonight|randomx|stak|p2pool|nanominer|cgminer|bfgminer|hashrate).*");

    private static final Pattern ALGORITHM = Pattern.compile(
            "(cn|rx|argon2|astrobwt|kawpow|ghostrider|panthera|cuckaroo|cuckoo|cryptonight)[-/_0-9a-z]*.*");

    private StratumWords() {}

    static Meaning of(RpcMessage message) {
        for (String method : message.methods()) {
            Meaning called = method(method.toLowerCase(Locale.ROOT), message);
            if (called.weight() != Weight.NOTHING) {
                return called;
            }
        }
        if (job(message)) {
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

    /** A login is mining where the account is a wallet, the agent a miner or algorithms are offered; else the answer tells. */
    private static Meaning login(RpcMessage message) {
        String login = message.string(Place.PARAMS, "login");
        String pass = message.string(Place.PARAMS, "pass");
        if (login == null || pass == null) {
            return Meaning.NOTHING;
        }
        String agent = message.string(Place.PARAMS, "agent");
        boolean sure = WALLET.matcher(login).matches()
                || (agent != null && MINER.matcher(agent).matches())
                || message.params().stream()
                        .anyMatch(text -> ALGORITHM.matcher(text).matches());
        if (sure) {
            return new Meaning(Weight.MINING, "monero");
        }
        return agent == null ? Meaning.NOTHING : new Meaning(Weight.LIKELY, "monero");
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
            boolean proof = message.hasScalar(place, "result")
                    || message.hasScalar(place, "hash")
                    || message.has(place, "pow")
                    || message.hasScalar(place, "output");
            if ((named && work && goal)
                    || (named && message.hasScalar(place, "nonce") && proof)
                    || (named
                            && (message.hasScalar(place, "blockhashing_blob")
                                    || message.hasScalar(place, "mbl_blob")))) {
                return true;
            }
        }
        return false;
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
