import { describe, expect, it } from "vitest";
import { type Finding, validateApps, validateWidgets } from "../../src/contract/index.js";
import { validateBackend } from "../../src/contract/rules/index.js";
import { type Case, caseFile, errors, hasShared, readShared, whySkipped } from "../contract/shared.js";

const places = (findings: Finding[]) => errors(findings).map(({ code, path, message }) => `${path} ${code} ${message}`);

/** Where the rules change what is rejected: errors of the gates, and those of the whole. */
function difference(kind: Case["kind"], file: unknown): string | undefined {
  const gates = places(kind === "apps" ? validateApps(file) : validateWidgets(file)).sort();
  const whole = places(validateBackend({ [kind]: file })).sort();
  return JSON.stringify(gates) === JSON.stringify(whole) ? undefined : `${gates} but ${whole}`;
}

describe("the rules leave what Workspace rejects as it is", () => {
  it.skipIf(!hasShared)(`on every probe file${whySkipped}`, () => {
    const { bases, cases } = JSON.parse(readShared("cases/workspace-verdicts.json"));
    const wrong = (cases as Case[]).flatMap((one) => {
      const file = caseFile(one, bases);
      const placeable =
        one.placeable !== false || validateBackend({ widgets: file }).some(({ code }) => code === "cannot-place");
      return placeable && difference(one.kind, file) === undefined ? [] : [JSON.stringify(one)];
    });
    expect(wrong).toEqual([]);
  });

  it.skipIf(!hasShared)(`on every public file${whySkipped}`, () => {
    const verdicts = JSON.parse(readShared("corpus/verdicts.json")) as (Case & { file: string; parses?: boolean })[];
    const wrong = verdicts.flatMap(({ parses, kind, file }) => {
      if (parses === false) return [];
      const said = difference(kind, JSON.parse(readShared(`corpus/${file}`)));
      return said === undefined ? [] : [`${file}: ${said}`];
    });
    expect(wrong).toEqual([]);
  });
});
