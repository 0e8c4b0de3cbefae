import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import Handlebars from "handlebars";
import { describe, expect, it } from "vitest";
import { programOf } from "../../build/programs.js";
import { helpers } from "../../src/plan/helpers.js";
import { type Argument, fill, type Part, type Path, type Program } from "../../src/plan/template.js";

const TEMPLATES = readdirSync("templates", { recursive: true, encoding: "utf8" }).filter((path) =>
  path.endsWith(".hbs"),
);

/** What Handlebars itself makes of a template. */
const engine = Handlebars.create();
for (const [name, helper] of Object.entries(helpers) as [string, (...values: unknown[]) => string][]) {
  // The last argument of each call is for the helper's options.
  engine.registerHelper(name, (...values) => helper(...values.slice(0, -1)));
}
const expected = (source: string, data: unknown) => engine.compile(source, { noEscape: true, strict: true })(data);

type Data = { [name: string]: unknown };

type Some = <Value>(...of: Value[]) => Value;

/** Data for a template: what it prints is there, what it goes through is a list, what it asks about is anything. */
function dataFor(program: Program, some: Some): unknown {
  const asked: Path[] = [];
  const printed: Path[] = [];
  const lists = new Map<string, Program>();
  const visit = (part: Part) => {
    if (typeof part === "string") return;
    if (part[0] === "each") lists.set(part[1].join(), [...(lists.get(part[1].join()) ?? []), ...part[2]]);
    else if (part[0] === "if" || part[0] === "unless") {
      asked.push(part[1]);
      for (const inner of [part[2], part[3] ?? []]) inner.forEach(visit);
    } else printed.push(...(part.slice(1) as Argument[]).filter((one) => Array.isArray(one)));
  };
  program.forEach(visit);
  const text = () => some("plain", "a <b> & 'c' `d`", "*/ {{e}}", "");
  if (printed.some((path) => path.length === 0)) return text();

  const data: Data = {};
  const put = (path: Path, value: unknown) => {
    let at = data;
    for (const name of path.slice(0, -1)) {
      if (typeof at[name] !== "object" || at[name] === null) at[name] = {};
      at = at[name] as Data;
    }
    at[path.at(-1) as string] = value;
  };
  for (const path of asked) put(path, some<unknown>(true, false, undefined, 0, 7, "", "text", [], ["one"]));
  for (const path of printed) put(path, text());
  for (const [name, body] of lists) {
    const items = Array.from({ length: some(1, 2, 3) }, () => dataFor(body, some));
    // Handlebars asks no length of what is not there.
    const measured = asked.some((path) => path.join() === `${name},length`);
    put(name.split(","), some<unknown>(items, items, [], measured ? [] : undefined));
  }
  return data;
}

describe("a template that was parsed when this program was built", () => {
  it("there are templates", () => expect(TEMPLATES.length).toBeGreaterThan(40));

  for (const path of TEMPLATES) {
    const source = readFileSync(join("templates", path), "utf8");

    it(`gives what Handlebars gives: ${path}`, () => {
      const program = programOf(source, path);
      fc.assert(
        fc.property(fc.infiniteStream(fc.nat()), (stream) => {
          const some: Some = (...of) => of[(stream.next().value as number) % of.length] as (typeof of)[0];
          const data = dataFor(program, some);
          expect(fill(program, data)).toBe(expected(source, data));
        }),
        { numRuns: 15 },
      );
    });
  }

  it.each([
    ["a list of texts", "{{#each all}}<{{this}}:{{json this}}>{{/each}}", { all: ["a", 'b"'] }],
    ["white space around blocks", "a\n{{#if x}}\nb\n{{else}}\nc\n{{/if}}\nd {{~x~}} e\n", { x: 1 }],
    ["an inverse block", "{{^if x}}no{{/if}}{{#unless x}}no{{else}}yes{{/unless}}", { x: "" }],
    ["null and undefined", "<{{a}}{{b}}{{c}}>", { a: null, b: undefined, c: false }],
    ["a comment", "a{{! not this }}b", {}],
    ["the length of a list", "{{#if all.length}}some{{else}}none{{/if}}", { all: [] }],
    ["an empty list", "{{#each all}}one{{else}}none{{/each}}", { all: [] }],
  ])("gives what Handlebars gives: %s", (_name, source, data) => {
    expect(fill(programOf(source, "here"), data)).toBe(expected(source, data));
  });

  it("throws where it prints what the data lacks, as Handlebars does in strict mode", () => {
    const data = { here: {}, text: "t" };
    for (const source of ["{{gone}}", "{{here.gone}}", "{{text.gone.deep}}", "{{toString}}", "{{here.constructor}}"]) {
      expect(() => fill(programOf(source, "here"), data), source).toThrow(/lacks/);
    }
    expect(() => fill(programOf("{{json gone}}", "here"), data)).toThrow(/nothing/);
    expect(() => fill(programOf("{{#each text}}{{/each}}", "here"), data)).toThrow(/no list/);
    expect(fill(programOf("{{#if toString}}yes{{else}}no{{/if}}", "here"), data)).toBe("no");
  });

  it("is refused at build time where it asks for what nothing runs", () => {
    const odd = [
      "{{jsn id}}",
      "{{#iff id}}{{/iff}}",
      "{{> part}}",
      "{{#each all}}{{../id}}{{/each}}",
      "{{#each all}}{{@index}}{{/each}}",
      "{{json id pretty=true}}",
      "{{#each all as |one|}}{{one}}{{/each}}",
      "{{#if a b}}{{/if}}",
      "{{json (json id)}}",
    ];
    for (const source of odd) expect(() => programOf(`line\n${source}`, "some.hbs"), source).toThrow("some.hbs:2:");
  });
});
