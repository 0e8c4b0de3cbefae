import { describe, expect, it } from "vitest";
import { type Example, RULES, type Rule, validateBackend } from "../../src/contract/rules/index.js";
import { caseFile, hasShared, readShared, whySkipped } from "../contract/shared.js";

/** Examples that are seen by looking at parsed files; those of texts and of calls have tests of their own. */
const isOfFiles = ({ about, bad, good }: Rule) =>
  about !== "live" && ![bad, good].some(({ text, live }) => text !== undefined || live !== undefined);

const said = ({ widgets, apps, agents, handlers }: Example) =>
  validateBackend({ widgets, apps, agents, handlers }).map(
    ({ severity, code, path, message }) => `${severity} ${code} ${path} ${message}`,
  );

describe("the catalogue", () => {
  it("names each kind of finding once, in kebab-case", () => {
    const codes = RULES.map(({ code }) => code);
    expect(codes.filter((code) => !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(code))).toEqual([]);
    expect(codes.filter((code, index) => codes.indexOf(code) !== index)).toEqual([]);
  });

  it.each(RULES.map((rule) => [rule.code, rule] as const))("explains %s in sentences", (_, rule) => {
    for (const text of [rule.title, rule.why, rule.remedy]) expect(text).toMatch(/^\S.*[.)]$/su);
    expect(rule.section).toMatch(/^\d+(\.\d+)?$/);
    expect(rule.title).not.toMatch(/\. [A-Z]/);
  });
});

describe.each(RULES.filter(isOfFiles).map((rule) => [rule.code, rule] as const))("%s", (code, rule) => {
  it("is found in its bad example, and no error that is not meant", () => {
    const findings = validateBackend(rule.bad);
    const own = findings.filter((finding) => finding.code === code);
    expect(said(rule.bad)).toContainEqual(expect.stringContaining(` ${code} `));
    expect(own.some(({ severity }) => severity === rule.severity)).toBe(true);
    expect(own.every(({ why }) => why === rule.why)).toBe(true);
    expect(findings.filter((finding) => finding.severity === "error" && finding.code !== code)).toEqual([]);
  });

  it("is gone from its good example, and nothing else is said", () => {
    expect(said(rule.good)).toEqual([]);
  });
});

describe("every finding there is", () => {
  const known = new Set(RULES.map(({ code }) => code));
  const unknown = (files: Parameters<typeof validateBackend>[0][]) =>
    [...new Set(files.flatMap((backend) => validateBackend(backend).map(({ code }) => code)))].filter(
      (code) => !known.has(code),
    );

  it.skipIf(!hasShared)(`on the probe files and the public files is in the catalogue${whySkipped}`, () => {
    const { bases, cases } = JSON.parse(readShared("cases/workspace-verdicts.json"));
    // biome-ignore lint/suspicious/noExplicitAny: as read
    expect(unknown(cases.map((one: any) => ({ [one.kind]: caseFile(one, bases) })))).toEqual([]);
    const verdicts = JSON.parse(readShared("corpus/verdicts.json")) as { file: string; kind: string; parses?: false }[];
    const files = verdicts.filter(({ parses }) => parses !== false);
    expect(unknown(files.map(({ file, kind }) => ({ [kind]: JSON.parse(readShared(`corpus/${file}`)) })))).toEqual([]);
  });
});
