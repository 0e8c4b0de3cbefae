import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, describe, expect, it, vi } from "vitest";
import { WebSocket } from "ws";
import { type LiveGrid, rowIdOf } from "../src/openbb/live_grid.js";
import { paramShapes } from "../src/openbb/typegen/shape.js";
import { upgrades } from "../src/openbb/upgrade.js";
import type { Row } from "../src/openbb/widget.js";
import { app, config, KEY, manifest, WORKSPACE } from "./setup.js";

const server = createServer(await app()).on("upgrade", upgrades(config, manifest));
await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
const { port } = server.address() as AddressInfo;
afterAll(() => void server.close());

async function get(path: string): Promise<unknown> {
  const response = await fetch(`http://127.0.0.1:${port}${path}`, { headers: { "X-API-KEY": KEY } });
  expect(response.status, path).toBe(200);
  return response.json();
}

/** Connects as a browser does, which sends no headers but the origin; gives the status when that is refused. */
function connect(path: string, origin = WORKSPACE): Promise<WebSocket | number | undefined> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/${path.replace(/^\/+/, "")}`, { origin });
  return new Promise((resolve, reject) => {
    socket.once("open", () => resolve(socket));
    socket.once("unexpected-response", (_request, response) => resolve(response.statusCode));
    socket.once("error", reject);
  });
}

const served = (await get("/widgets.json")) as Record<string, { wsEndpoint: string }>;

for (const { id, type, path, definition, module, socket: live } of manifest.widgets) {
  // Widgets with one endpoint have one feed, which is tested once.
  if (type !== "live_grid" || module.id !== id) continue;
  const { feed, close } = module as LiveGrid;
  const { data = {}, wsEndpoint } = definition as {
    data?: { wsRowIdColumn?: unknown; wsRowIdColumns?: unknown; table?: { columnsDefs?: Row[] } };
    wsEndpoint: string;
  };
  const byId = (data.wsRowIdColumn ?? data.wsRowIdColumns) !== undefined;
  const rowId = rowIdOf(definition);
  const shapes = paramShapes(definition);
  const defaults = Object.fromEntries(shapes.map(({ name, fallback }) => [name, fallback]));
  const link = served[id]?.wsEndpoint ?? "";

  const nameOf = (row: Row) => (byId ? rowId(row) : JSON.stringify(row));
  const snapshot = async (query = "") => (await get(`${path}?${query}`)) as Row[];

  /** A client that notes which rows it gets. */
  async function watch() {
    const socket = (await connect(link)) as WebSocket;
    const seen = new Set<string | undefined>();
    socket.on("message", (text) => {
      for (const row of JSON.parse(String(text)) as Row[]) seen.add(nameOf(row));
    });
    const send = (params: object) => socket.send(JSON.stringify({ type: "params", params }));
    /** Publishes rows, again and again since nothing tells when the client listens, until it has got all of them. */
    const expectRows = async (rows: Row[]) => {
      seen.clear();
      await vi.waitFor(
        () => {
          feed.publish(rows);
          expect(rows.map(nameOf).filter((name) => !seen.has(name))).toEqual([]);
        },
        { timeout: 5_000, interval: 50 },
      );
    };
    return { socket, send, expectRows };
  }

  describe(`${id} (live_grid)`, () => {
    it("has rows that can change: each with an id of its own, and a value for each column that changes", async () => {
      const rows = await snapshot();
      if (!byId) return;
      const ids = rows.map(rowId);
      expect(ids).not.toContain(undefined);
      expect(new Set(ids).size, "no two rows have the same id").toBe(ids.length);
      const changing = (data.table?.columnsDefs ?? []).filter((column) => column.enableCellChangeWs === true);
      for (const { field } of changing) for (const row of rows) expect(row).toHaveProperty([String(field)]);
    });

    it.runIf(live)("sends what the feed brings", async () => {
      const { socket, send, expectRows } = await watch();
      send(defaults);
      await expectRows(await snapshot());
      socket.close();
    });

    for (const { name, choices = [] } of shapes.filter((shape) => live && shape.choices !== undefined)) {
      it(`follows ${name}, and passes over a wrong one`, async () => {
        const { socket, send, expectRows } = await watch();
        send(defaults);
        for (const choice of choices.slice(0, 2)) {
          send({ ...defaults, [name]: choice });
          await expectRows(await snapshot(new URLSearchParams({ [name]: String(choice) }).toString()));
        }
        const warn = vi.spyOn(console, "warn").mockImplementationOnce(() => undefined);
        send({ ...defaults, [name]: "no such value" });
        await vi.waitFor(() => expect(warn).toHaveBeenCalledWith(expect.stringContaining(name)));
        await expectRows(await snapshot(new URLSearchParams({ [name]: String(choices[1] ?? choices[0]) }).toString()));
        socket.close();
      });
    }

    it.runIf(live)("is for nobody else", async () => {
      expect(await connect(link, "https://evil.example")).toBe(403);
      expect(await connect(wsEndpoint)).toBe(401);
      expect(await connect(link.replace(/t\/.{4}/, "t/oops"))).toBe(401);
    });

    it.runIf(live)("says goodbye when the backend stops", async () => {
      const { socket } = await watch();
      const closed = new Promise((resolve) => socket.once("close", resolve));
      await close?.();
      expect(await closed).toBe(1001);
    });
  });
}
