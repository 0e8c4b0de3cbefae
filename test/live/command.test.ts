import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { Output } from "../../src/cli/output.js";
import { type ValidateFlags, validate } from "../../src/cli/validate.js";

let server: Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

const SECRETS = { header: ["X-API-KEY: correct-horse"], query: ["token=battery-staple"] };

/** A backend that writes what it was asked into what it serves. */
async function echoing(widgets: (given: { key: string; query: string }) => string | Buffer): Promise<string> {
  server = createServer((req, res) => {
    res.setHeader("Access-Control-Allow-Origin", "*");
    res.setHeader("Access-Control-Allow-Headers", "*");
    const [path, query = ""] = (req.url ?? "").split("?");
    res.end(path === "/widgets.json" ? widgets({ key: String(req.headers["x-api-key"]), query }) : "[]");
  });
  await new Promise<void>((resolve) => server?.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** What `validate` prints. */
async function printed(url: string, flags: ValidateFlags): Promise<string> {
  const texts: string[] = [];
  const stream = { write: (text: string) => void texts.push(text) };
  const output = new Output(stream, stream, flags.format === "json");
  await validate(url, flags, { output, signal: new AbortController().signal });
  return texts.join("");
}

describe("credentials that a backend writes into its files", () => {
  it.each(["text", "json", "github", "sarif", "junit"] as const)("are not printed as %s", async (format) => {
    const url = await echoing(({ key, query }) =>
      JSON.stringify({
        [`w-${key}`]: { name: "W", description: "D", endpoint: `http://example.com/p?k=${key}&${query}`, type: "zzz" },
      }),
    );
    const text = await printed(url, { ...SECRETS, format });
    expect(text).toContain("unknown-widget-type");
    expect(text).not.toMatch(/correct-horse|battery-staple/);
  });

  it("and places stay where they are", async () => {
    const url = await echoing(({ key, query }) => `{"p":{"name":"${key}","source":"${query}","type":"zzz"}}`);
    const text = await printed(url, { ...SECRETS, format: "text" });
    expect(text).toContain('"name":"*************","source":"token=**************"');
    // The line below points at the value.
    const [, code = "", mark = ""] = /\| (.*"zzz".*)\n.*\| ( *\^{5})$/m.exec(text) ?? [];
    expect(code.slice(mark.indexOf("^"), mark.length)).toBe('"zzz"');
  });
});

it("what a call has shown to fail is not warned of as well", async () => {
  const url = await echoing(() => '{"p":{"name":"P","description":"D","endpoint":"http://example.com/p"}}');
  const { findings } = JSON.parse(await printed(url, { format: "json" })) as { findings: { code: string }[] };
  expect(findings.map(({ code }) => code).filter((code) => /insecure|mixed/.test(code))).toEqual(["mixed-content"]);
});

it("a file in UTF-16 has one fault, and is read no further than to show it", async () => {
  const text = '{"p":{"name":"P","description":"D","endpoint":"p"}}';
  for (const bytes of [Buffer.from(`\ufeff${text}`, "utf16le"), Buffer.from(`\ufeff${text}`, "utf16le").swap16()]) {
    const { findings } = JSON.parse(await printed(await echoing(() => bytes), { format: "json" })) as {
      findings: { code: string; severity: string; message: string }[];
    };
    expect(findings.filter(({ severity }) => severity === "error")).toMatchObject([
      { code: "invalid-json", message: expect.stringContaining("UTF-16") },
    ]);
    server?.close();
  }
});
