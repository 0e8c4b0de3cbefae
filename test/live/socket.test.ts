import type { AddressInfo } from "node:net";
import { afterEach, expect, it } from "vitest";
import { type WebSocket, WebSocketServer } from "ws";
import { judgeSocket } from "../../src/contract/answers/live.js";
import { listen } from "../../src/live/socket.js";

let server: WebSocketServer | undefined;
afterEach(() => server?.close());

const ROWS = [{ symbol: "AAPL", price: 1 }];
const columnsDefs = [{ field: "symbol" }, { field: "price", enableCellChangeWs: true }];
const WIDGET = {
  id: "w",
  definition: { type: "live_grid", data: { wsRowIdColumn: "symbol", table: { columnsDefs } } },
};
const UPDATE = '{"symbol":"AAPL","price":2}';

/** What is said of a socket that does this, as `CODE: message`. */
async function said(speak: (client: WebSocket) => void): Promise<string[]> {
  server = new WebSocketServer({ port: 0, host: "127.0.0.1" });
  server.on("connection", speak);
  await new Promise((resolve) => server?.once("listening", resolve));
  const enough = (message: string) => judgeSocket(WIDGET, { opened: true, messages: [message] }, ROWS).length === 0;
  const { port } = server.address() as AddressInfo;
  const answer = await listen(`ws://127.0.0.1:${port}`, {}, { waitMs: 3000, enough });
  return judgeSocket(WIDGET, answer, ROWS).map(({ code, message }) => `${code}: ${message}`);
}

it("may greet, and send its rows a moment later", async () => {
  const late = (client: WebSocket) => {
    client.send('{"type":"welcome"}');
    setTimeout(() => client.send(UPDATE), 600);
  };
  expect(await said(late)).toEqual([]);
});

it("may send many rows that are not shown, before one that is", async () => {
  const all = (client: WebSocket) => {
    for (let n = 0; n < 100; n++) client.send(`{"symbol":"S${n}","price":2}`);
    client.send(UPDATE);
  };
  expect(await said(all)).toEqual([]);
});

it("may say with an empty list that nothing has changed, but not always", async () => {
  const first = (client: WebSocket) => {
    client.send("[]");
    client.send(UPDATE);
  };
  expect(await said(first)).toEqual([]);
  server?.close();
  expect(await said((client) => client.send("[]"))).toEqual([expect.stringMatching(/^socket-silent: .*empty lists/)]);
});

it("is told what it sent, where that is no row", async () => {
  expect(await said((client) => client.send('{"type":"welcome"}'))).toEqual([
    'update-of-unknown-row: The socket sent objects with "type", and none with "symbol": they change no row.',
  ]);
  server?.close();
  expect(await said((client) => client.send(Buffer.from(UPDATE)))).toEqual([
    "socket-not-rows: The socket's message is empty or binary, and is dropped.",
  ]);
});

it("is not listened to for ever", async () => {
  const flood = (client: WebSocket) => {
    const timer = setInterval(() => client.send('{"symbol":"TSLA","price":1}'.padEnd(10_000)), 1);
    client.on("close", () => clearInterval(timer));
  };
  expect(await said(flood)).toEqual([expect.stringMatching(/^update-of-unknown-row: .*"TSLA"/)]);
});

it("is not silent where its first message is too large to be read", async () => {
  const large = (client: WebSocket) => {
    client.on("error", () => {});
    client.send(`{"symbol":"AAPL","price":"${"9".repeat(8_100_000)}"}`);
  };
  expect(await said(large)).toEqual([expect.stringMatching(/^big-answer: .*more than 8 MB/)]);
});
