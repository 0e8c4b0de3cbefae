import { describe, expect, it } from "vitest";
import type { Listener } from "../../templates/widgets/live_grid/src/openbb/live/feed.js";
import { heard, openClient, openDeafClient, quote, type Row, sleep, startHub, until, watchLog } from "./helpers.js";

describe("a client", () => {
  it("gets the rows that it asked for, and others when it asks for others", async () => {
    const { hub, feed, port } = await startHub({
      filter: (row, { symbols }) => (symbols as string[]).some((symbol) => symbol === row.symbol),
    });
    const client = await openClient(port, { symbols: ["AAPL"] });
    const publish = (last: number) => feed.publish([quote("AAPL", last), quote("MSFT", last)]);
    await until(() => {
      publish(1);
      return client.rows.has("AAPL");
    }, "the first row");
    expect(client.rows.has("MSFT")).toBe(false);

    client.params({ symbols: ["MSFT"] });
    await until(() => {
      publish(2);
      return client.rows.has("MSFT");
    }, "the other row");
    client.rows.clear();
    publish(3);
    await until(() => client.rows.get("MSFT")?.last === 3, "the last value");
    expect(client.rows.has("AAPL")).toBe(false);
    await hub.close();
  });

  it("that says nothing gets what the defaults are", async () => {
    const options = {
      parse: ({ symbols = ["CAT"] }) => ({ symbols }) as never,
      filter: (row: Row, { symbols }: Row) => (symbols as string[]).some((symbol) => symbol === row.symbol),
    };
    const soon = await startHub({ ...options, helloMs: 50 });
    const client = await openClient(soon.port);
    await until(() => {
      soon.feed.publish([quote("CAT", 2), quote("XOM", 2)]);
      return client.rows.size > 0;
    }, "a row");
    expect([...client.rows.keys()]).toEqual(["CAT"]);

    const late = await startHub({ ...options, helloMs: 60_000 });
    const waiting = await openClient(late.port);
    late.feed.publish([quote("CAT", 1)]);
    await sleep(50);
    await heard(waiting);
    expect(waiting.messages).toEqual([]);
  });

  it("may change its mind many times at once: the last word counts", async () => {
    const { feed, port } = await startHub({ filter: (row, { symbol }) => row.symbol === symbol });
    const client = await openClient(port);
    const symbols = Array.from({ length: 500 }, (_, index) => `S${index}`);
    for (const symbol of symbols) client.params({ symbol });
    await until(() => {
      feed.publish(symbols.map((symbol) => quote(symbol, 1)));
      return client.rows.has("S499");
    }, "the row of the last choice");
    client.rows.clear();
    feed.publish(symbols.map((symbol) => quote(symbol, 2)));
    await until(() => client.rows.has("S499"), "the row again");
    expect(client.rows.size).toBe(1);
  });
});

describe("messages that cannot be used", () => {
  const useless = ["", "no JSON", "null", "[]", "7", '"params"', "{}", '{"type":"params"}', '{"type":"x","params":{}}'];
  const wrong = ['{"type":"params","params":[]}', '{"type":"params","params":null}', '{"type":"params","params":"a"}'];

  it("are passed over, and named in the log on one line each; the client keeps what it had", async () => {
    const log = watchLog();
    const { feed, port } = await startHub({
      parse: (sent) => {
        if (sent.symbol === "wrong") throw new Error('Parameter "symbol" must be AAPL,\nnot "wrong".');
        return sent as never;
      },
      filter: (row, { symbol }) => row.symbol === symbol,
    });
    const client = await openClient(port, { symbol: "AAPL" });
    for (const text of [...useless, ...wrong]) client.socket.send(text);
    client.socket.send(Buffer.from([0xff, 0x00, 0xfe]));
    client.params({ symbol: "wrong" });
    await until(() => log().length === useless.length + wrong.length + 2, "all of them in the log");
    expect(log().filter((line) => line.includes("\n"))).toEqual([]);
    feed.publish([quote("AAPL", 5), quote("MSFT", 5)]);
    await until(() => client.rows.get("AAPL")?.last === 5, "the row");
    expect(client.messages.flat()).toEqual([quote("AAPL", 5)]);
  });

  it("end the connection when there is nothing else", async () => {
    const log = watchLog();
    const { port } = await startHub();
    const client = await openClient(port);
    for (let count = 0; count < 100; count++) client.socket.send("no JSON");
    expect(await client.closed).toMatchObject({ code: 1008 });
    expect(log().length).toBe(20);
  });

  it("that are too long end it at once, and no other one", async () => {
    watchLog();
    const { feed, port } = await startHub();
    const other = await openClient(port, {});
    const client = await openClient(port, {});
    client.params({ text: "x".repeat(20_000) });
    expect(await client.closed).toMatchObject({ code: 1009 });
    feed.publish([quote("AAPL", 1)]);
    await until(() => other.rows.has("AAPL"), "the other client's row");
  });
});

describe("the rate", () => {
  it("is capped: in between the newest values win, field by field", async () => {
    const { feed, port } = await startHub({ everyMs: 100 });
    const client = await openClient(port, {});
    const begin = Date.now();
    for (let last = 1; last <= 300; last++) {
      feed.publish([quote("AAPL", last), { symbol: "MSFT", [last % 2 ? "bid" : "ask"]: last }]);
      await sleep(2);
    }
    const took = Date.now() - begin;
    await until(() => client.rows.get("AAPL")?.last === 300, "the last value");
    expect(client.rows.get("MSFT")).toMatchObject({ bid: 299, ask: 300 });
    // Timers may be a millisecond early.
    expect(client.messages.length).toBeLessThanOrEqual(took / 99 + 2);
    expect(client.messages.length).toBeGreaterThan(2);
    for (const message of client.messages) {
      expect(new Set(message.map((row) => row.symbol)).size).toBe(message.length);
    }
  });

  it("keeps every row, in order, where rows have no id; and no row that lacks its id", async () => {
    let count = 0;
    const tape = await startHub({ everyMs: 30, rowId: () => String(count++) });
    const client = await openClient(tape.port, {});
    for (let last = 0; last < 500; last++) tape.feed.publish([{ last }]);
    await until(() => client.messages.flat().length === 500, "all rows");
    expect(client.messages.flat().map((row) => row.last)).toEqual(Array.from({ length: 500 }, (_, index) => index));

    const grid = await startHub();
    const watcher = await openClient(grid.port, {});
    grid.feed.publish([{ last: 1 }, quote("AAPL", 1)]);
    await until(() => watcher.messages.length > 0, "the row with an id");
    expect(watcher.messages.flat()).toEqual([quote("AAPL", 1)]);
  });

  it("sends what a row holds now, also when its object is changed and published again", async () => {
    const { feed, port } = await startHub();
    const client = await openClient(port, {});
    const row = quote("AAPL", 0);
    for (let last = 1; last <= 5; last++) {
      row.last = last;
      feed.publish([row]);
      await until(() => client.rows.get("AAPL")?.last === last, `the value ${last}`);
    }
  });
});

describe("the feed", () => {
  /** A feed that counts its listeners. */
  function countingFeed() {
    const listeners = new Set<Listener>();
    const subscribe = (listener: Listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    };
    const publish: Listener = (rows) => {
      for (const listener of listeners) listener(rows);
    };
    return { listeners, publish, subscribe, close: () => undefined };
  }

  it("is listened to once, while there are clients", async () => {
    const feed = countingFeed();
    const { port } = await startHub({ feed });
    expect(feed.listeners.size).toBe(0);
    const clients = await Promise.all([openClient(port, {}), openClient(port, {})]);
    expect(feed.listeners.size).toBe(1);
    for (const { socket } of clients) socket.close();
    await until(() => feed.listeners.size === 0, "nobody to listen");
    await openClient(port, {});
    expect(feed.listeners.size).toBe(1);
  });

  it("that cannot be listened to, or has rows that cannot be sent, ends connections and nothing else", async () => {
    const log = watchLog();
    const subscribe = () => {
      throw new Error("no such exchange");
    };
    const broken = await startHub({ feed: { ...countingFeed(), subscribe } });
    expect(await (await openClient(broken.port, {})).closed).toMatchObject({ code: 1011 });

    const { feed, port } = await startHub();
    const client = await openClient(port, {});
    feed.publish([{ symbol: "AAPL", last: 1n }]);
    expect((await client.closed).reason).not.toContain("BigInt");
    const next = await openClient(port, {});
    feed.publish([quote("AAPL", 1)]);
    await until(() => next.rows.has("AAPL"), "a row after that");
    expect(log().join("\n")).toMatch(/no such exchange[\s\S]*BigInt/);
  });

  it("may bring rows on which the filter fails: that ends the connection and nothing else", async () => {
    const log = watchLog();
    const { feed, port } = await startHub({ filter: (row) => (row.name as string).length > 0 });
    const client = await openClient(port, {});
    feed.publish([quote("AAPL", 1)]);
    expect(await client.closed).toMatchObject({ code: 1011 });
    expect(log()).toHaveLength(1);
  });
});

describe("the end", () => {
  it("is told to all clients, does not wait for one that is deaf, and leaves nothing behind", async () => {
    let stopped = 0;
    const { hub, port, sockets } = await startHub({
      feed: { publish: () => undefined, subscribe: () => () => void stopped++, close: () => undefined },
    });
    const clients = await Promise.all(Array.from({ length: 20 }, () => openClient(port, {})));
    await openDeafClient(port);
    await until(() => sockets.length === 21, "all connections");
    const begin = performance.now();
    await hub.close();
    // One second is what it gives; ws by itself would wait for 30.
    expect(performance.now() - begin).toBeLessThan(15_000);
    for (const { closed } of clients) expect(await closed).toMatchObject({ code: 1001 });
    expect(stopped).toBe(1);
    expect(hub.open).toBe(false);
  });
});
