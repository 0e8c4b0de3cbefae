import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { CancelledError, CliError } from "../../src/errors.js";
import { BrowserCaller, type CallerOptions } from "../../src/live/caller.js";
import { checkLive } from "../../src/live/index.js";
import type { Connection } from "../../src/live/types.js";
import { dialogUrl, isLocalHost, joinUrl, masker, withQuery } from "../../src/live/url.js";
import { type Fake, startFake } from "./fake.js";

const closing: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

/** A server with CORS for any page, and where it listens. */
async function serve(listener: RequestListener): Promise<string> {
  const server: Server = createServer((req, res) => {
    res.setHeader("Access-Control-Allow-Origin", "*");
    res.setHeader("Access-Control-Allow-Headers", "*, Authorization");
    listener(req, res);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closing.push(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function callerOf(url: string, given: Partial<Connection> = {}, options: CallerOptions = {}): BrowserCaller {
  return new BrowserCaller({ url, headers: {}, query: {}, ...given }, options);
}

const codesOf = (caller: BrowserCaller) => caller.findings().map(({ code }) => code);

describe("URLs", () => {
  it.each([
    ["https://h/x", "widgets.json", "https://h/x/widgets.json"],
    ["https://h", "/a//b/", "https://h/a/b"],
    ["https://h", "https://other/c/?d=1", "https://other/c/?d=1"],
    ["https://h", "data:text/plain,hi", "data:text/plain,hi"],
    ["https://h/x?k=v", "widgets.json", "https://h/x?k=v/widgets.json"],
    ["http://[::1]:7779", "prices?u=https://x", "http://[::1]:7779/prices?u=https://x"],
  ])("%s and %s are %s", (base, endpoint, url) => expect(joinUrl(base, endpoint)).toBe(url));

  it("the dialog trims, and drops slashes at the end", () => {
    expect(dialogUrl("  https://h/x// ")).toBe("https://h/x");
  });

  it.each(["", "localhost:7779", "ftp://h", "http://", "/widgets.json", "javascript:alert(1)"])(
    "the dialog does not take %j",
    (typed) => expect(() => dialogUrl(typed)).toThrow(CliError),
  );

  it("a query is added where one is, and before a fragment", () => {
    expect(withQuery("http://h/a?b=1#c", { k: "x y" })).toBe("http://h/a?b=1&k=x+y#c");
    expect(withQuery("http://h/a", {})).toBe("http://h/a");
  });

  it("only this machine may be plain http", () => {
    const names = ["localhost", "127.0.0.1", "127.1.2.3", "[::1]", "app.localhost"];
    expect(names.every(isLocalHost)).toBe(true);
    expect(["0.0.0.0", "192.168.1.2", "example.com", "localhost.example.com"].some(isLocalHost)).toBe(false);
  });

  it("credentials are masked, however they are written, and plain words are not", () => {
    const mask = masker({
      url: "https://ann:pw@h?base=zzz",
      headers: { Authorization: "Bearer s3cret/key+1", "ngrok-skip-browser-warning": "true", "X-Short": "abc" },
      query: { token: "q" },
    });
    expect(mask("s3cret/key+1 s3cret%2Fkey%2B1 Bearer s3cret/key+1")).toBe("*** *** ***");
    expect(mask("https://ann:pw@h/x?token=q&limit=5 zzz")).toBe("https://***@h/x?token=***&limit=5 ***");
    expect(mask("It must be true: abc, not abcd.")).toBe("It must be true: ***, not abcd.");
  });

  it("are hidden where they were cut, quoted or half decoded", () => {
    const token = `eyJhbGciOi${"J9Zm9v".repeat(100)}`;
    const headers = { Authorization: `Bearer ${token}`, "X-API-KEY": 'ab"cd\\ef' };
    const mask = masker({ url: "http://h", headers, query: { pass: "two words?" } });
    expect(mask(`"Wrong token: ${token.slice(0, 140)}…". Else {"detail": "…"}.`)).toBe(
      '"Wrong token: ***…". Else {"detail": "…"}.',
    );
    expect(mask(JSON.stringify('ab"cd\\ef'))).toBe('"***"');
    expect(mask("/x two+words? eyJ… or key…")).toBe("/x *** eyJ… or key…");
  });
});

describe("redirects, as the Fetch standard has them", () => {
  it("keep Authorization on the same host, and drop it on another, where the origin is null", async () => {
    const seen: Record<string, unknown>[] = [];
    const other = await serve((req, res) => {
      if (req.method === "GET") seen.push(req.headers);
      res.end("[]");
    });
    const url = await serve((req, res) => {
      if (req.url === "/first" && req.method === "GET") res.writeHead(302, { Location: "/second" });
      else if (req.method === "GET") {
        seen.push(req.headers);
        res.writeHead(302, { Location: `${other}/third` });
      }
      res.end();
    });
    const caller = callerOf(url, { headers: { Authorization: "Bearer s3cret-key", "X-Own": "1" } });
    const answer = await caller.call({ path: "", endpoint: "first" });
    expect(answer?.url).toBe(`${other}/third`);
    expect(seen.map(({ authorization, origin }) => [authorization, origin])).toEqual([
      ["Bearer s3cret-key", "https://pro.openbb.co"],
      [undefined, "null"],
    ]);
    expect(seen[1]?.["x-own"]).toBe("1");
    expect(codesOf(caller)).toEqual(["redirected"]);
  });

  it("turn a POST into a GET after 301, 302 and 303, and not after 307", async () => {
    const methods: string[] = [];
    const url = await serve((req, res) => {
      const status = Number(req.url?.slice(1));
      if (req.method === "OPTIONS") res.writeHead(204);
      else if (status) res.writeHead(status, { Location: "/end" });
      else methods.push(req.method ?? "");
      res.end("{}");
    });
    const caller = callerOf(url);
    for (const status of [301, 302, 303, 307])
      await caller.call({ path: "", endpoint: String(status), method: "POST", body: {} });
    expect(methods).toEqual(["GET", "GET", "GET", "POST"]);
  });
});

describe("calls", () => {
  it("ask first when headers or a JSON body go along, once for a path, and not otherwise", async () => {
    const asked: string[] = [];
    const url = await serve((req, res) => {
      asked.push(`${req.method} ${req.url} ${req.headers["access-control-request-headers"] ?? ""}`.trim());
      res.end("[]");
    });
    const caller = callerOf(url, { headers: { "X-API-KEY": "s3cret-key" }, query: { q: "a b" } });
    await caller.call({ path: "", endpoint: "bare", bare: true });
    await caller.call({ path: "", endpoint: "page", navigation: true });
    await caller.call({ path: "", endpoint: "rows?n=1", credentials: true });
    await caller.call({ path: "", endpoint: "rows?n=2" });
    await caller.call({ path: "", endpoint: "ssrm", method: "POST", body: { a: 1 } });
    expect(asked).toEqual([
      "GET /bare",
      "GET /page",
      "OPTIONS /rows?n=1&q=a+b x-api-key",
      "GET /rows?n=1&q=a+b",
      "GET /rows?n=2",
      "OPTIONS /ssrm content-type,x-api-key",
      "POST /ssrm",
    ]);
    expect(caller.requests).toBe(7);
  });

  it("never more at once than allowed", async () => {
    let running = 0;
    let most = 0;
    const url = await serve((_req, res) => {
      running += 1;
      most = Math.max(most, running);
      setTimeout(() => {
        running -= 1;
        res.end("[]");
      }, 20);
    });
    const caller = callerOf(url, {}, { concurrency: 3 });
    await Promise.all(Array.from({ length: 12 }, (_, n) => caller.call({ path: "", endpoint: `n${n}` })));
    expect(most).toBe(3);
  });

  it("leave out what no page may set, and refuse what is no header", async () => {
    let seen: Record<string, unknown> = {};
    const url = await serve((req, res) => {
      seen = req.method === "GET" ? req.headers : seen;
      res.end("[]");
    });
    await callerOf(url, { headers: { Cookie: "a=b", "Sec-Own": "1", "X-Own": "2" } }).call({ path: "", endpoint: "x" });
    expect([seen.cookie, seen["sec-own"], seen["x-own"]]).toEqual([undefined, undefined, "2"]);
    const wrong = () => callerOf(url, { headers: { "X-Own": "s3cret\nkey" } });
    expect(wrong).toThrow(CliError);
    expect(wrong).not.toThrow(/s3cret/);
  });

  it("of a data: URL need no server", async () => {
    const answer = await callerOf("http://127.0.0.1:9999").call({ path: "", endpoint: "data:application/json,[1]" });
    expect([answer?.status, answer?.text]).toEqual([200, "[1]"]);
  });

  it("hold little memory while a body has no end", async () => {
    const chunk = Buffer.alloc(65_536, 32);
    const url = await serve((_req, res) => {
      const more = () => {
        while (!res.destroyed && res.write(chunk));
      };
      res.on("drain", more);
      more();
    });
    const caller = callerOf(url, {}, { maxBytes: 4_000_000, concurrency: 4 });
    const before = process.memoryUsage().rss;
    await Promise.all(Array.from({ length: 20 }, (_, n) => caller.call({ path: "", endpoint: `e${n}` })));
    expect(codesOf(caller)).toEqual(["too-large"]);
    expect(process.memoryUsage().rss - before).toBeLessThan(200_000_000);
  });

  it("are cut short by Ctrl-C, wherever the check stands", async () => {
    const stop = new AbortController();
    let stopped = 0;
    const url = await serve((req, res) => {
      if (req.url === "/widgets.json") {
        res.end(JSON.stringify({ a: { name: "A", description: "A table.", endpoint: "hang" } }));
      } else if (req.url === "/hang") {
        stopped = performance.now();
        stop.abort();
      } else res.end("[]");
    });
    await expect(checkLive({ url, headers: {}, query: {} }, { signal: stop.signal })).rejects.toBeInstanceOf(
      CancelledError,
    );
    // A call that is not cut short lasts for a minute.
    expect(performance.now() - stopped).toBeLessThan(20_000);
  });
});

describe("sockets", () => {
  async function said(answer: object, options: CallerOptions = {}) {
    const fake: Fake = await startFake({ live: { answers: { "WS /live": answer } } });
    closing.push(() => fake.close());
    const caller = new BrowserCaller(fake.connection, options);
    return caller.socket({
      widget: "w",
      path: "/w/wsEndpoint",
      endpoint: "live",
      hello: { type: "params", params: {} },
    });
  }

  it("give their first messages", async () => {
    const answer = await said({ body: [{ symbol: "AAPL" }, "no json"] });
    expect(answer).toMatchObject({ opened: true, messages: ['{"symbol":"AAPL"}', "no json"] });
    expect(answer.call).toMatch(/^WS ws:\/\/127\.0\.0\.1:\d+\/live$/);
  });

  it("may say nothing", async () => {
    expect(await said({}, { socketMs: 100 })).toMatchObject({ opened: true, messages: [] });
  });

  it("may be refused, or cut", async () => {
    const refused = await said({ status: 403 });
    expect([refused.opened, refused.reason]).toEqual([false, "Unexpected server response: 403"]);
    const cut = await said({ cut: true });
    expect([cut.opened, cut.reason]).toEqual([false, "socket hang up"]);
  });
});
