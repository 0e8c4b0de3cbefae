import { createServer, type Server } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";
import { afterEach, vi } from "vitest";
import { WebSocket, WebSocketServer } from "ws";
import { localFeed } from "../../templates/widgets/live_grid/src/openbb/live/feed.js";
import { Hub, type HubOptions } from "../../templates/widgets/live_grid/src/openbb/live/hub.js";

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const clean of cleanups.splice(0).reverse()) await clean();
});

/** Has something done after the test. */
export function afterwards(clean: () => unknown): void {
  cleanups.push(clean);
}

export type Row = Record<string, unknown>;
export function quote(symbol: string, last: number, more: Row = {}): Row {
  return { symbol, last, ...more };
}

type Upgrade = Parameters<WebSocketServer["handleUpgrade"]>;

/** A server on a free port of this machine that hands every WebSocket on. */
export async function listen(upgrade: (...args: [Upgrade[0], Upgrade[1], Upgrade[2]]) => void): Promise<number> {
  const server: Server = createServer();
  const sockets = new Set<Socket>();
  server.on("connection", (socket: Socket) => sockets.add(socket));
  server.on("upgrade", upgrade);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  afterwards(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

/** A hub behind a real listener, with the sockets that the server side has of its clients. */
export async function startHub(options: Partial<HubOptions> = {}) {
  const feed = options.feed ?? localFeed();
  const hub = new Hub({
    id: "live_prices",
    feed,
    parse: (sent) => sent as never,
    filter: () => true,
    rowId: (row) => (row.symbol === undefined ? undefined : String(row.symbol)),
    everyMs: 0,
    ...options,
  });
  const sockets: WebSocket[] = [];
  const server = new WebSocketServer({ noServer: true, clientTracking: false, maxPayload: 16_384 });
  const port = await listen((request, socket, head) => {
    server.handleUpgrade(request, socket, head, (client) => {
      sockets.push(client);
      hub.add(client);
    });
  });
  return { hub, feed, port, sockets };
}

export interface Client {
  socket: WebSocket;
  messages: Row[][];
  /** What the client has: the newest values by symbol. */
  rows: Map<unknown, Row>;
  params: (params: unknown) => void;
  closed: Promise<{ code: number; reason: string }>;
}

/** A client that behaves as Workspace does. What it wants has been heard when it is returned. */
export async function openClient(port: number, params?: unknown): Promise<Client> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/`);
  afterwards(() => socket.terminate());
  const messages: Row[][] = [];
  const rows = new Map<unknown, Row>();
  socket.on("message", (text) => {
    const message = JSON.parse(String(text)) as Row[];
    messages.push(message);
    for (const row of message) rows.set(row.symbol, { ...rows.get(row.symbol), ...row });
  });
  const closed = new Promise<{ code: number; reason: string }>((resolve) => {
    socket.once("close", (code, reason) => resolve({ code, reason: String(reason) }));
  });
  await new Promise((resolve, reject) => socket.once("open", resolve).once("error", reject));
  const send = (changed: unknown) => socket.send(JSON.stringify({ type: "params", params: changed }));
  const client = { socket, messages, rows, params: send, closed };
  if (params !== undefined) {
    send(params);
    await heard(client);
  }
  return client;
}

/** Waits until the server has taken all that was sent to it, and what it had sent by then is here. */
export async function heard({ socket, closed }: Client): Promise<void> {
  // Frames are read in their order: the answer to a ping comes after what was sent before.
  socket.ping();
  await Promise.race([new Promise((resolve) => socket.once("pong", resolve)), closed]);
}

/** Opens a WebSocket, says what it wants, and never reads again: not the rows, not the pings. */
export async function openDeafClient(port: number): Promise<Socket> {
  const socket = connect(port, "127.0.0.1");
  socket.on("error", () => undefined);
  afterwards(() => socket.destroy());
  const key = Buffer.alloc(16).toString("base64");
  socket.write(
    `GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${key}\r\n\r\n`,
  );
  await new Promise((resolve) => socket.once("data", resolve));
  socket.pause();
  socket.write(frame('{"type":"params","params":{}}'));
  return socket;
}

/** A text message as a client sends it, masked with zeros. */
function frame(text: string): Buffer {
  return Buffer.concat([Buffer.from([0x81, 0x80 + text.length, 0, 0, 0, 0]), Buffer.from(text)]);
}

/** Keeps the log out of the tests' output, and shows what is in it. */
export function watchLog() {
  const warn = vi.spyOn(console, "warn").mockImplementation(() => undefined);
  afterwards(() => warn.mockRestore());
  return () => warn.mock.calls.map((args) => args.map(String).join(" "));
}

/** Waits until something is true. */
export function until(test: () => boolean, what: string): Promise<void> {
  return vi.waitFor(
    () => {
      if (!test()) throw new Error(`Waited in vain for ${what}.`);
    },
    { timeout: 20_000, interval: 10 },
  );
}

export function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
