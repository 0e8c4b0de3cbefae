import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { documentFolder } from "../../templates/parts/documents/src/openbb/documents.js";
import { OUTSIDE } from "../../templates/parts/documents/test/outside.js";
import { HttpError } from "../../templates/project/src/openbb/errors.js";

const itLinks = it.skipIf(process.platform === "win32");
let root: string;

const folder = (name = "documents", maxBytes?: number) =>
  documentFolder(pathToFileURL(`${join(root, name)}/`), [".pdf"], maxBytes);

/** What reading a name ends with: the text of the file, or the status of the refusal. */
async function outcome(name: string, from = folder()): Promise<string | number> {
  try {
    return (await from.read(name)).toString();
  } catch (error) {
    expect(error, name).toBeInstanceOf(HttpError);
    return (error as HttpError).status;
  }
}

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), "documents-"));
  const inFolder = join(root, "documents");
  mkdirSync(join(inFolder, "sub.pdf"), { recursive: true });
  mkdirSync(join(root, "documents-2"));
  for (const name of ["package.json", "secret.pdf", "documents-2/near.pdf"]) writeFileSync(join(root, name), "secret");
  const files = [
    "a.pdf",
    "B, and c.PDF",
    "caf\u00e9.pdf",
    "..hidden.pdf",
    ".hidden.pdf",
    "notes.txt",
    "sub.pdf/deep.pdf",
  ];
  for (const name of files) writeFileSync(join(inFolder, name), `text of ${name}`);
  if (process.platform === "win32") return;
  const links = {
    "link-in.pdf": "a.pdf",
    "link-out.pdf": "../secret.pdf",
    "link-near.pdf": "../documents-2/near.pdf",
    "link-absolute.pdf": join(root, "secret.pdf"),
    "link-folder.pdf": "../documents-2",
    "link-self.pdf": "link-self.pdf",
    "link-chain.pdf": "link-out.pdf",
    "link-nowhere.pdf": "gone.pdf",
    "link-sub.pdf": "sub.pdf",
  };
  for (const [name, target] of Object.entries(links)) symlinkSync(target, join(inFolder, name));
  symlinkSync("documents", join(root, "alias"));
  execFileSync("mkfifo", [join(inFolder, "pipe.pdf")]);
  symlinkSync("pipe.pdf", join(inFolder, "link-pipe.pdf"));
});

afterAll(() => rmSync(root, { recursive: true, force: true }));

describe("a folder of documents", () => {
  itLinks("lists its files with the right ending, and links that stay within it", async () => {
    expect(await folder().list()).toEqual(["B, and c.PDF", "a.pdf", "café.pdf", "link-in.pdf"]);
  });

  it("gives each file that it lists", async () => {
    for (const name of await folder().list()) {
      expect(await outcome(name)).toBe(`text of ${name.replace("link-in", "a")}`);
    }
  });

  it(`gives nothing for ${OUTSIDE.length} spellings of ways out`, async () => {
    expect(OUTSIDE.length).toBeGreaterThanOrEqual(30);
    const spellings = [...OUTSIDE, ...OUTSIDE.map(encodeURIComponent), ...OUTSIDE.map((name) => join(root, name))];
    for (const name of [...spellings, join(root, "documents", "a.pdf"), "./a.pdf", "sub.pdf/deep.pdf", "A.pdf", ""]) {
      expect(await outcome(name), name).toBe(404);
    }
  });

  itLinks("gives nothing for links out, hidden files, folders, pipes and other endings", async () => {
    const links = ["out", "near", "absolute", "folder", "self", "chain", "nowhere", "sub", "pipe"];
    const names = [...links.map((name) => `link-${name}.pdf`), ".hidden.pdf", "..hidden.pdf", "notes.txt", "sub.pdf"];
    for (const name of [...names, "pipe.pdf"]) expect(await outcome(name), name).toBe(404);
  });

  itLinks("may be a link itself", async () => {
    expect(await outcome("a.pdf", folder("alias"))).toBe("text of a.pdf");
    expect(await outcome("link-out.pdf", folder("alias"))).toBe(404);
  });

  it("is empty when it is not there", async () => {
    expect(await folder("gone").list()).toEqual([]);
    expect(await outcome("a.pdf", folder("gone"))).toBe(404);
  });

  it("gives no file that is too large", async () => {
    expect(await outcome("a.pdf", folder("documents", 13))).toBe("text of a.pdf");
    expect(await outcome("a.pdf", folder("documents", 12))).toBe(404);
  });

  it("gives, for any name whatever, a listed file or a 404", async () => {
    const listed = await folder().list();
    const part = fc.constantFrom(
      "..",
      ".",
      "/",
      "\\",
      "%2e",
      "%2f",
      "a.pdf",
      "sub.pdf",
      "\0",
      "\u2215",
      "secret.pdf",
      "~",
    );
    const name = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.array(part, { maxLength: 8 }).map((parts) => parts.join("")),
    );
    await fc.assert(
      fc.asyncProperty(name, async (text) => {
        expect(await outcome(text)).toBe(listed.includes(text) ? `text of ${text}` : 404);
      }),
      { numRuns: 300 },
    );
  });
});
