import { get } from "node:http";
import { describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import { localFeed } from "../../templates/widgets/live_grid/src/openbb/live/feed.js";
import { type LiveSettings, liveGrid, rowIdOf } from "../../templates/widgets/live_grid/src/openbb/live_grid.js";
import { listen, openClient, type Row, until } from "./helpers.js";

const rows: Row[] = [
  { symbol: "AAPL", last: 1 },
  { symbol: "MSFT", last: 2 },
];

/** The definer as untyped code calls it: the types of a project follow from its widgets.json. */
const define = liveGrid as unknown as (
  id: string,
  snapshot: () => Row[],
  settings: Partial<LiveSettings<never>> & { cache?: number },
) => ReturnType<typeof liveGrid>;

function place(wsEndpoint: unknown = "live_prices/live") {
  return {
    id: "live_prices",
    path: "/live_prices",
    definition: { wsEndpoint, data: { wsRowIdColumn: "symbol" } },
    parse: (sent: URLSearchParams | Row) =>
      (sent instanceof URLSearchParams ? Object.fromEntries(sent) : sent) as never,
  };
}

describe("a live grid", () => {
  const settings = {
    feed: localFeed(),
    filter: (row: Row, { symbol }: { symbol?: string }) => symbol === undefined || row.symbol === symbol,
  };

  it("gives the same rows to a snapshot and to a client of the feed", async () => {
    const module = define("live_prices", () => rows, settings as never);
    const [endpoint] = module.endpoints(place());
    expect(await endpoint?.handle({ symbol: "MSFT" } as never, {} as never)).toEqual([rows[1]]);
    expect(endpoint).toMatchObject({ method: "GET", path: "/live_prices", cache: undefined });

    const socket = module.socket?.(place());
    expect(socket?.path).toBe("/live_prices/live");
    const port = await listen((request, connection, head) => socket?.upgrade(request, connection, head));
    const client = await openClient(port, { symbol: "MSFT" });
    await until(() => {
      settings.feed.publish(rows);
      return client.rows.size > 0;
    }, "a row");
    expect([...client.rows.keys()]).toEqual(["MSFT"]);

    await module.close?.();
    expect(await client.closed).toMatchObject({ code: 1001 });
    const status = await new Promise((resolve) => {
      new WebSocket(`ws://127.0.0.1:${port}/`)
        .once("unexpected-response", (_request, response) => resolve(response.statusCode))
        .once("error", () => undefined);
    });
    expect(status).toBe(503);
  });

  it("keeps snapshots when it is told to", () => {
    const module = define("live_prices", () => rows, { ...settings, cache: 1 } as never);
    expect(module.endpoints(place())[0]?.cache).toBe(1);
  });

  it("takes no WebSockets where its entry names none on this backend", () => {
    const module = define("live_prices", () => rows, settings as never);
    for (const wsEndpoint of [undefined, "", 5, "https://other.example/live"]) {
      expect(module.socket?.(place(wsEndpoint ?? null))).toBeUndefined();
    }
  });

  it("refuses an upgrade to anything but a WebSocket", async () => {
    const socket = define("live_prices", () => rows, settings as never).socket?.(place());
    const port = await listen((request, connection, head) => socket?.upgrade(request, connection, head));
    const headers = { Connection: "Upgrade", Upgrade: "h2c" };
    const status = await new Promise((resolve, reject) => {
      get({ port, host: "127.0.0.1", headers }, (response) => resolve(response.statusCode)).on("error", reject);
    });
    expect(status).toBe(400);
  });
});

describe("what tells rows apart", () => {
  const row = { a: "x", b: 2 };

  it("is one column or several, as widgets.json says", () => {
    expect(rowIdOf({ data: { wsRowIdColumn: "a" } })(row)).toBe("x");
    expect(rowIdOf({ data: { wsRowIdColumn: ["a", "b"] } })(row)).toBe("x-2");
    expect(rowIdOf({ data: { wsRowIdColumns: ["b", "a"] } })(row)).toBe("2-x");
    expect(rowIdOf({ data: { wsRowIdColumn: "c" } })(row)).toBeUndefined();
  });

  it("is nothing where it says none", () => {
    for (const definition of [{}, { data: {} }, { data: { wsRowIdColumns: [] } }]) {
      const id = rowIdOf(definition);
      expect(id(row)).not.toBe(id(row));
    }
  });
});
