/** A small backend that behaves as an example says, and well in all else; every rule found by calling is tried on it. */
import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from "node:http";
import { createServer as createSecureServer } from "node:https";
import type { AddressInfo, Socket } from "node:net";
import type { Duplex } from "node:stream";
import { WebSocketServer } from "ws";
import type { CannedAnswer, Example } from "../../src/contract/rules/rule.js";
import type { Connection } from "../../src/live/types.js";
import { dialogUrl } from "../../src/live/url.js";
import { CERTIFICATE, CERTIFICATE_KEY } from "./certificate.js";

export interface Fake {
  /** What the user would fill into the dialog. */
  connection: Connection;
  /** The backend's own URL, whatever the dialog gets. */
  base: string;
  /** What was asked, in order: `OPTIONS /prices`. */
  requests: string[];
  close(): Promise<void>;
}

/** Starts it on a free port of this machine. */
export async function startFake(example: Example): Promise<Fake> {
  const { live = {} } = example;
  const requests: string[] = [];
  const answers = new Answers(example);
  const listener: RequestListener = (req, res) => {
    requests.push(`${req.method} ${req.url}`);
    const lacking = Object.keys(live.headers ?? {}).some((name) => req.headers[name.toLowerCase()] === undefined);
    const answer = answers.of(req.method ?? "GET", req.url ?? "/", lacking);
    const timer = setTimeout(() => send(req, res, answer), answer.delayMs ?? 0);
    res.on("close", () => clearTimeout(timer));
  };
  const servers: Server[] = [];
  const open = async (server: Server) => {
    servers.push(server);
    server.on("upgrade", (req: IncomingMessage, socket: Duplex, head: Buffer) => {
      requests.push(`WS ${req.url}`);
      upgrade(req, socket, head, answers.of("WS", req.url ?? "/"));
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return (server.address() as AddressInfo).port;
  };
  const port = await open(createServer(listener));
  const typed = live.url ?? "{base}";
  const secure = typed.includes("{secure}")
    ? await open(createSecureServer({ cert: CERTIFICATE, key: CERTIFICATE_KEY }, listener))
    : 0;
  const closed = typed.includes("{closed}") ? await closedPort() : 0;
  const base = `http://127.0.0.1:${port}`;
  const url = typed
    .replaceAll("{base}", base)
    .replaceAll("{port}", String(port))
    .replaceAll("{secure}", `https://127.0.0.1:${secure}`)
    .replaceAll("{closed}", `http://127.0.0.1:${closed}`);
  return {
    connection: { url: dialogUrl(url), headers: live.headers ?? {}, query: live.query ?? {} },
    base,
    requests,
    close: async () => {
      for (const server of servers) {
        server.closeAllConnections();
        await new Promise((resolve) => server.close(resolve));
      }
    },
  };
}

async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** What comes back for each call: the example's own answers, its files, and rows for its tables. */
class Answers {
  readonly #example: Example;
  readonly #given = new Map<string, number>();

  constructor(example: Example) {
    this.#example = example;
  }

  of(method: string, url: string, lacking = false): CannedAnswer {
    const path = url.split("?", 1)[0] ?? "/";
    const { answers = {} } = this.#example.live ?? {};
    const keys = [`${method} ${url}`, `${method} ${path}`, `${method} *`];
    for (const key of lacking ? [`${method} ${path} without credentials`, ...keys] : keys) {
      const canned = Object.hasOwn(answers, key) ? answers[key] : undefined;
      if (canned === undefined) continue;
      const nth = this.#given.get(key) ?? 0;
      this.#given.set(key, nth + 1);
      return Array.isArray(canned) ? (canned[Math.min(nth, canned.length - 1)] as CannedAnswer) : canned;
    }
    return this.#usual(method, path);
  }

  #usual(method: string, path: string): CannedAnswer {
    if (method === "OPTIONS") return { status: 204 };
    const { widgets, apps, agents } = this.#example;
    const files: Record<string, unknown> = {
      "/widgets.json": widgets ?? {},
      "/apps.json": apps ?? [],
      "/agents.json": agents,
    };
    if (method === "GET" && files[path] !== undefined) return { body: files[path] };
    const rows = method === "GET" ? rowsFor(widgets, path) : undefined;
    return rows === undefined ? { status: 404, body: { detail: "There is nothing here." } } : { body: rows };
  }
}

/** Rows of a table, as its columns call for them. */
function rowsFor(widgets: unknown, path: string): object[] | undefined {
  // biome-ignore lint/suspicious/noExplicitAny: any JSON, of examples written by us.
  const all = Object.values((widgets ?? {}) as Record<string, any>);
  const widget = all.find((one) => `/${String(one?.endpoint).split("?", 1)[0]?.replace(/^\/+/, "")}` === path);
  if (widget === undefined || !["table", undefined].includes(widget.type)) return undefined;
  const columns: { field: string; cellDataType?: string }[] = widget.data?.table?.columnsDefs ?? [
    { field: "symbol" },
    { field: "price", cellDataType: "number" },
  ];
  const value = (type: string | undefined, row: number) => (type === "number" ? 10 * row + 1.5 : `Value ${row}`);
  return [1, 2].map((row) =>
    Object.fromEntries(columns.map(({ field, cellDataType }) => [field, value(cellDataType, row)])),
  );
}

function send(req: IncomingMessage, res: ServerResponse, answer: CannedAnswer): void {
  if (answer.cut) {
    req.socket.destroy();
    return;
  }
  if (answer.raw !== undefined) {
    req.socket.end(answer.raw);
    return;
  }
  res.statusCode = answer.status ?? 200;
  const isText = typeof answer.body === "string";
  const headers: Record<string, string | null> = { ...corsHeaders(req) };
  if (answer.body !== undefined) headers["content-type"] = isText ? "text/plain; charset=utf-8" : "application/json";
  for (const [name, value] of Object.entries({ ...headers, ...answer.headers })) {
    if (value !== null) res.setHeader(name, value);
  }
  const body = isText
    ? (answer.body as string).repeat(answer.repeat ?? 1)
    : answer.body === undefined
      ? ""
      : JSON.stringify(answer.body);
  if (answer.endless) sendEndless(res, body);
  else res.end(body);
}

/** What a backend with CORS set up rightly sends. */
function corsHeaders({ method, headers }: IncomingMessage): Record<string, string> {
  const asked = headers["access-control-request-headers"];
  return {
    ...(headers.origin === undefined ? {} : { "access-control-allow-origin": headers.origin, vary: "Origin" }),
    ...(method === "OPTIONS" ? { "access-control-allow-methods": "GET, POST, PUT, OPTIONS" } : {}),
    ...(asked === undefined ? {} : { "access-control-allow-headers": asked }),
    ...("access-control-request-private-network" in headers ? { "access-control-allow-private-network": "true" } : {}),
  };
}

function sendEndless(res: ServerResponse, body: string): void {
  const chunk = body.repeat(Math.ceil(65_536 / Math.max(body.length, 1)));
  const more = () => {
    while (!res.destroyed && res.write(chunk));
  };
  res.on("drain", more);
  more();
}

function upgrade(req: IncomingMessage, socket: Duplex, head: Buffer, answer: CannedAnswer): void {
  if (answer.cut) {
    socket.destroy();
    return;
  }
  if (answer.status !== undefined && answer.status >= 300) {
    socket.end(`HTTP/1.1 ${answer.status} Refused\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
    return;
  }
  const server = new WebSocketServer({ noServer: true });
  server.handleUpgrade(req, socket as Socket, head, (client) => {
    client.on("message", () => {
      const messages = Array.isArray(answer.body) ? answer.body : answer.body === undefined ? [] : [answer.body];
      setTimeout(() => {
        for (const message of messages) client.send(typeof message === "string" ? message : JSON.stringify(message));
      }, answer.delayMs ?? 0);
    });
  });
}
