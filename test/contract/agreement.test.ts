import { describe, expect, it } from "vitest";
import { type Finding, validateApps, validateWidgets } from "../../src/contract/index.js";
import { type Case, caseFile, errors, hasShared, readShared, whySkipped } from "./shared.js";

/** How the findings on a file differ from Workspace's own verdict; undefined where they agree. */
function disagreement(findings: Finding[], verdict: Omit<Case, "kind">): string | undefined {
  const accepted = verdict.connects ?? verdict.accepted;
  const found = errors(findings);
  if (accepted && found.length > 0)
    return `Workspace accepts it; we say: ${found.map((f) => `${f.path} ${f.message}`)}`;
  if (!accepted && found.length === 0) return "Workspace rejects it; we find no error";
  if (verdict.placeable === false && !findings.some(({ severity }) => severity !== "info")) {
    return "Workspace cannot place it; we find no warning";
  }
  return undefined;
}

const validate = (kind: Case["kind"], file: unknown): Finding[] =>
  kind === "apps" ? validateApps(file) : validateWidgets(file);

describe("agreement with Workspace", () => {
  it.skipIf(!hasShared)(`on every probe file${whySkipped}`, () => {
    const { bases, cases } = JSON.parse(readShared("cases/workspace-verdicts.json"));
    const wrong = (cases as Case[]).flatMap((one) => {
      const said = disagreement(validate(one.kind, caseFile(one, bases)), one);
      return said === undefined ? [] : [`${JSON.stringify(one)}: ${said}`];
    });
    console.log(`${cases.length - wrong.length} of ${cases.length} cases agree`);
    expect(wrong).toEqual([]);
  });

  it.skipIf(!hasShared)(`on every public configuration file${whySkipped}`, () => {
    const verdicts = JSON.parse(readShared("corpus/verdicts.json")) as (Case & {
      file: string;
      parses?: boolean;
      unrecognisedKeys?: boolean;
    })[];
    const parsing = verdicts.filter(({ parses }) => parses !== false);
    const wrong = parsing.flatMap((one) => {
      const findings = validate(one.kind, JSON.parse(readShared(`corpus/${one.file}`)));
      const said = disagreement(findings, one);
      const notice = findings.some(({ code }) => code === "unrecognised-key");
      if (said !== undefined) return [`${one.file}: ${said}`];
      const disagrees = one.unrecognisedKeys !== undefined && one.unrecognisedKeys !== notice;
      return disagrees ? [`${one.file}: the "Unrecognized fields" notice is ${one.unrecognisedKeys}`] : [];
    });
    console.log(`${parsing.length - wrong.length} of ${parsing.length} public files agree`);
    expect(wrong).toEqual([]);
  });
});
