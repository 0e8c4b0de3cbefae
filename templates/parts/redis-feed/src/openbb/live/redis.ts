import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { Redis } from "ioredis";
import { type Row, Rows } from "../widget.js";
import { type Feed, Listeners, type Source } from "./feed.js";

const CONNECT_MS = 3_000;
const RETRY_MS = 1_000;
const GOODBYE_MS = 1_000;
/** How many messages may be on their way to Redis; while it does not take them, more would only take memory. */
const MAX_UNSENT = 100;
/** For how long one process may run the source without saying so again; it does three times as often. */
const LEASE_MS = 3_000;

// Redis runs a script as one step: nobody else comes between the question and the answer.
const CLAIM = `local owner = redis.call("get", KEYS[1])
if owner and owner ~= ARGV[1] then return 0 end
redis.call("set", KEYS[1], ARGV[1], "PX", ARGV[2])
return 1`;
const RELEASE = `if redis.call("get", KEYS[1]) == ARGV[1] then redis.call("del", KEYS[1]) end`;

/**
 * A feed that several processes share: what one publishes reaches the clients of all. The source runs in one process
 * at a time; when that ends, another takes over. While Redis is away, each process serves its own clients by itself.
 *
 * @param channel the name by which the processes find each other; two feeds need two names
 * @param url asked when the feed is first used; a password belongs into the environment
 */
export function redisFeed(
  channel: string,
  source?: Source,
  url = () => process.env.REDIS_URL ?? "redis://127.0.0.1:6379",
): Feed {
  const connections = new Set<Redis>();
  let publisher: Redis | undefined;
  let unsent = 0;
  /** Whether Redis is away, and has been said to be. */
  let away = false;

  const complain = (error: Error) => {
    if (!away) console.warn(`Redis fails, this process serves its own rows in "${channel}": ${error.message}`);
    away = true;
  };
  const connect = () => {
    // A command that has failed is not tried again: newer values are on their way.
    const options = { connectTimeout: CONNECT_MS, retryStrategy: () => RETRY_MS, maxRetriesPerRequest: 1 };
    const redis = new Redis(url(), options);
    connections.add(redis);
    redis.on("error", complain);
    redis.on("close", () => {
      if (connections.has(redis)) complain(new Error("the connection is lost"));
    });
    redis.on("ready", () => {
      away = [...connections].some(({ status }) => status !== "ready");
    });
    return redis;
  };
  const connected = () => {
    publisher ??= connect();
    return publisher;
  };
  const leave = (redis: Redis) => {
    connections.delete(redis);
    redis.disconnect();
  };

  const publish = (rows: Row[]) => {
    const redis = connected();
    if (away || unsent >= MAX_UNSENT) return listeners.emit(rows);
    unsent++;
    redis
      .publish(channel, JSON.stringify(rows))
      .catch((error: Error) => {
        complain(error);
        listeners.emit(rows);
      })
      .finally(() => unsent--);
  };

  /** Runs the source while this process is the one that does; asks again and again whether it is. */
  const lead = (run: Source): (() => void) => {
    const [me, key] = [randomUUID(), `${channel}:source`];
    let stop: (() => void) | undefined;
    let timer: NodeJS.Timeout | undefined;
    let ended = false;
    const turn = async () => {
      // Without Redis there is nobody to share with.
      const claim = away ? 1 : await connected().eval(CLAIM, 1, key, me, LEASE_MS).catch(complain);
      if (ended) return;
      if (claim !== 1) {
        stop?.();
        stop = undefined;
      }
      try {
        if (claim === 1) stop ??= run(publish);
      } catch (error) {
        console.warn(`The source of "${channel}" failed, it gets another chance:`, error);
      }
      timer = setTimeout(turn, LEASE_MS / 3).unref();
    };
    void turn();
    return () => {
      ended = true;
      clearTimeout(timer);
      stop?.();
      connected()
        .eval(RELEASE, 1, key, me)
        .catch(() => undefined);
    };
  };

  const listeners = new Listeners(() => {
    const subscriber = connect();
    subscriber.on("ready", () => subscriber.subscribe(channel).catch(complain));
    subscriber.on("message", (_channel, text) => listeners.emit(rowsOf(text)));
    const stop = source && lead(source);
    return () => {
      stop?.();
      leave(subscriber);
    };
  });

  return {
    publish,
    subscribe: (listener) => listeners.add(listener),
    close: async () => {
      listeners.clear();
      const redis = publisher;
      publisher = undefined;
      if (!redis) return;
      // What is on its way still arrives.
      const done = redis.quit().catch(() => undefined);
      await Promise.race([done, sleep(GOODBYE_MS, undefined, { ref: false })]);
      redis.disconnect();
    },
  };
}

/** The rows of a message; none when it is something else. */
function rowsOf(text: string): Row[] {
  try {
    return Rows.parse(JSON.parse(text));
  } catch {
    return [];
  }
}
