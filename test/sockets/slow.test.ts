import { describe, expect, it } from "vitest";
import { openClient, openDeafClient, quote, sleep, startHub, until } from "./helpers.js";

describe("200 clients", () => {
  it("all get the newest values, and one that never reads is dropped", async () => {
    // Long enough that all can answer a call in time, also where the processor is busy or the machine stands still.
    const { feed, port, sockets } = await startHub({ everyMs: 250, heartbeatMs: 3_000 });
    const clients = await Promise.all(Array.from({ length: 200 }, () => openClient(port, {})));
    await openDeafClient(port);
    await until(() => sockets.length === 201, "all connections");
    const deaf = sockets.at(-1);
    const symbols = Array.from({ length: 100 }, (_, index) => `S${index}`);
    const begin = performance.now();
    for (let last = 1; last <= 40; last++) {
      feed.publish(symbols.map((symbol) => quote(symbol, last)));
      await sleep(25);
    }
    const took = performance.now() - begin;
    await until(() => clients.every(({ rows }) => rows.get("S99")?.last === 40), "the last value everywhere");
    expect(clients.every(({ rows }) => rows.size === 100)).toBe(true);
    await until(() => deaf?.readyState === 3, "the end of the one that does not read");
    expect(sockets.filter((socket) => socket.readyState === 1)).toHaveLength(200);
    for (const { messages } of clients) expect(messages.length).toBeLessThanOrEqual(took / 249 + 2);
  });
});

describe("a slow client", () => {
  /** About a megabyte, so that the buffers of the operating system are soon full. */
  const rows = (last: number) => Array.from({ length: 50 }, (_, index) => quote(`S${index}`, last, { note: NOTE }));
  const NOTE = "x".repeat(20_000);

  it("that never reads takes no more memory than one message, and is dropped", async () => {
    const { feed, port, sockets } = await startHub({ stallMs: 3_000 });
    await openDeafClient(port);
    const other = await openClient(port, {});
    const deaf = sockets[0];
    let most = 0;
    let last = 0;
    await until(() => {
      feed.publish(rows(++last));
      most = Math.max(most, deaf?.bufferedAmount ?? 0);
      return deaf?.readyState === 3;
    }, "its end");
    expect(most).toBeGreaterThan(0);
    expect(most).toBeLessThan(1_200_000);
    await until(() => other.rows.get("S49")?.last === last, "the last value at the other one");
  });

  it("that stops for a while gets the newest values then, without those in between", async () => {
    const { feed, port } = await startHub();
    const client = await openClient(port, {});
    feed.publish(rows(0));
    await until(() => client.rows.size === 50, "the first rows");
    client.socket.pause();
    for (let last = 1; last <= 60; last++) {
      feed.publish(rows(last));
      await sleep(10);
    }
    client.socket.resume();
    await until(() => client.rows.get("S49")?.last === 60, "the last value");
    expect(client.messages.length).toBeLessThan(50);
  });

  it("is dropped when more rows wait for it than it will ever show", async () => {
    let count = 0;
    const { feed, port, sockets } = await startHub({ rowId: () => String(count++) });
    await openDeafClient(port);
    await until(() => sockets.length === 1, "the connection");
    await until(() => {
      feed.publish(Array.from({ length: 500 }, () => ({ note: NOTE.slice(0, 2_000) })));
      return sockets[0]?.readyState === 3;
    }, "its end");
  });
});

describe("the heartbeat", () => {
  it("drops a client that does not answer, and leaves one that does", async () => {
    const { port, sockets } = await startHub({ heartbeatMs: 2_000 });
    const { socket } = await openClient(port, {});
    let pings = 0;
    socket.on("ping", () => pings++);
    await openDeafClient(port);
    await until(() => sockets[1]?.readyState === 3, "the end of the dead one");
    expect(pings).toBeGreaterThan(0);
    expect(sockets[0]?.readyState).toBe(socket.OPEN);
    expect(socket.readyState).toBe(socket.OPEN);
  });
});
