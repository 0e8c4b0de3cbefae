// One backend process with a live grid over Redis. The test lays this file into a project's folder `src` and runs it.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { redisFeed } from "./openbb/live/redis.js";
import { liveGrid } from "./openbb/live_grid.js";

type Rows = Record<string, unknown>[];

let count = 0;
const feed = redisFeed("live_prices", (publish: (rows: Rows) => void) => {
  const timer = setInterval(() => publish([{ symbol: "TICK", process: process.pid, count: ++count }]), 40);
  return () => clearInterval(timer);
});
const define = liveGrid as unknown as (...args: unknown[]) => ReturnType<typeof liveGrid>;
const grid = define("live_prices", () => [], { feed, everyMs: 0 });
const socket = grid.socket?.({
  id: "live_prices",
  path: "/live_prices",
  definition: { wsEndpoint: "live", data: { wsRowIdColumn: "symbol" } },
  parse: () => ({}),
});

const server = createServer((_request, response) => {
  feed.publish([{ symbol: "NEWS", process: process.pid }]);
  response.end();
});
server.on("upgrade", (...args) => socket?.upgrade(...args));
server.listen(0, "127.0.0.1", () => console.log(`port ${(server.address() as AddressInfo).port}`));

process.on("SIGTERM", async () => {
  server.close();
  await grid.close?.();
  server.closeAllConnections();
});
