import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { readSource } from "../../src/project/source.js";

const folder = mkdtempSync(join(tmpdir(), "openbb-source-"));
const servers: Server[] = [];
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
  for (const server of servers) server.closeAllConnections();
  for (const server of servers) server.close();
});

function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

async function serve(answer: RequestListener): Promise<string> {
  const server = createServer(answer);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** The message of the error, which must be one of the user's: exit code 2. */
async function refusal(source: string): Promise<string> {
  const error: unknown = await readSource(source).catch((thrown) => thrown);
  expect(error).toMatchObject({ name: "CliError", exitCode: 2 });
  return (error as Error).message;
}

describe("a file", () => {
  it("is read, with a byte order mark too", async () => {
    expect(await readSource(file("a.json", '\ufeff{"a": 1}'))).toEqual({ a: 1 });
  });

  it("that is no JSON is refused with the place", async () => {
    expect(await refusal(file("b.json", '{\n  "a": 1,\n}'))).toContain("line 2, column 9");
    expect(await refusal(file("c.json", ""))).toContain("empty");
    expect(await refusal(file("d.json", "<!DOCTYPE html><html>"))).toContain("a page of HTML");
    expect(await refusal(file("e.json", Uint8Array.of(0xff, 0xfe, 0x7b)))).toContain("not UTF-8");
    expect(await refusal(file("f.json", "[".repeat(10_000)))).toContain("cannot be read");
  });

  it("that is missing, too large or no file is refused", async () => {
    expect(await refusal(join(folder, "none.json"))).toContain("there is no such file");
    expect(await refusal(folder)).toContain("it is a folder");
    expect(await refusal(file("large.json", `"${"x".repeat(10 * 1024 * 1024)}"`))).toContain("larger than 10 MB");
  });
});

describe("a URL", () => {
  it("is read, after redirects", async () => {
    const base = await serve((req, res) => {
      if (req.url === "/widgets.json") return void res.end('{"w": {}}');
      res.writeHead(302, { Location: "/widgets.json" }).end();
    });
    expect(await readSource(`${base}/old`)).toEqual({ w: {} });
  });

  it("is refused with the reason", async () => {
    const base = await serve((req, res) => {
      const status = Number(req.url?.slice(1));
      if (status > 0) return void res.writeHead(status).end();
      if (req.url === "/html") return void res.end("<html><body>Sign in</body></html>");
      if (req.url === "/loop") return void res.writeHead(302, { Location: "/loop" }).end();
      if (req.url === "/away") return void res.writeHead(302, { Location: "file:///etc/passwd" }).end();
      if (req.url === "/data") return void res.writeHead(302, { Location: "data:application/json,{}" }).end();
      if (req.url === "/cut")
        return void res.writeHead(200, { "Content-Length": "100" }).write("{", () => res.destroy());
      const more = () => {
        while (!res.destroyed && res.write("x".repeat(65_536)));
      };
      res.on("drain", more);
      more();
    });
    expect(await refusal(`${base}/401`)).toContain("credentials (401)");
    expect(await refusal(`${base}/404`)).toContain("nothing there (404)");
    expect(await refusal(`${base}/500`)).toContain("status 500");
    expect(await refusal(`${base}/html`)).toContain("a page of HTML");
    expect(await refusal(`${base}/loop`)).toContain("more than 5 times");
    expect(await refusal(`${base}/away`)).toContain("only http and https");
    expect(await refusal(`${base}/data`)).toContain("only http and https");
    expect(await refusal(`${base}/cut`)).toContain("cannot be used");
    expect(await refusal(`${base}/endless`)).toContain("larger than 10 MB");
    expect(await refusal("ftp://example.com/widgets.json")).toContain("not ftp:");
    expect(await refusal("http://127.0.0.1:1/widgets.json")).toContain("cannot be used");
  });

  it("is given up when the user cancels", async () => {
    const base = await serve(() => undefined);
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 50);
    await expect(readSource(base, stop.signal)).rejects.toMatchObject({ name: "CancelledError" });
  });
});
