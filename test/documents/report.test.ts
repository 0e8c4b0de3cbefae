import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { companies } from "../../templates/parts/market/src/samples/market.js";
import { factsheet } from "../../templates/parts/report/src/samples/report.js";

const FOLDER = join(import.meta.dirname, "../../templates/parts/pdfs/documents");

/** Holds a PDF against its own table of contents: each entry must point at the object of its number. */
function expectPdf(bytes: Uint8Array): string {
  const text = Buffer.from(bytes).toString("latin1");
  expect(text).toMatch(/^%PDF-1\.4\n/);
  expect(text).toMatch(/%%EOF\n$/);
  expect([...bytes].every((byte) => byte === 10 || (byte >= 32 && byte < 127))).toBe(true);
  const start = Number(/startxref\n(\d+)\n%%EOF\n$/.exec(text)?.[1]);
  const table = /^xref\n0 (\d+)\n((?:\d{10} \d{5} [nf] \n)+)trailer\n<< \/Size (\d+) \/Root 1 0 R/.exec(
    text.slice(start),
  );
  const entries = table?.[2]?.match(/\d{10} \d{5} [nf] \n/g) ?? [];
  expect(entries.length).toBe(Number(table?.[1]));
  expect(Number(table?.[3])).toBe(entries.length);
  for (const [number, entry] of entries.entries()) {
    if (number > 0) expect(text.slice(Number(entry.slice(0, 10)))).toMatch(new RegExp(`^${number} 0 obj\n`));
  }
  const [, length, stream] = /\/Length (\d+) >>\nstream\n([\s\S]*?)\nendstream/.exec(text) ?? [];
  expect(stream).toHaveLength(Number(length));
  return text;
}

describe("the sample factsheet", () => {
  it("is a valid PDF for every company, with its figures", () => {
    for (const { symbol, name } of companies) {
      const text = expectPdf(factsheet(symbol));
      expect(text).toContain(`(${name} \\(${symbol}\\))`);
      expect(text).toMatch(/\(\$\d+\.\d\d\) Tj/);
      expect(text).not.toMatch(/NaN|Infinity|undefined/);
    }
  });

  it("is one for whatever it is asked for", () => {
    for (const symbol of ["", "(", "\\", ")) Tj ET endstream endobj", "Zürich", "日本\n", "x".repeat(3000)]) {
      expectPdf(factsheet(symbol));
    }
    expect(Buffer.from(factsheet("Zürich")).toString()).toContain("(Z\\374rich \\(Z\\374rich\\))");
  });

  it("is the same when it is asked for again", () => {
    expect(Buffer.from(factsheet("AAPL")).equals(factsheet("AAPL"))).toBe(true);
  });
});

it("the sample documents are valid PDF files", () => {
  const names = readdirSync(FOLDER);
  expect(names).toContain("investment-policy.pdf");
  for (const name of names) expectPdf(readFileSync(join(FOLDER, name)));
});
