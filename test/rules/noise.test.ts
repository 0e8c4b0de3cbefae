import { describe, expect, it } from "vitest";
import { type BackendFinding, ruleOf, validateBackend } from "../../src/contract/rules/index.js";
import { hasShared, readShared, whySkipped } from "../contract/shared.js";
import { EARNED } from "./noise.js";

interface Verdict {
  file: string;
  kind: "widgets" | "apps";
  connects?: boolean;
  accepted?: boolean;
}

const read = (file: string): unknown => JSON.parse(readShared(`corpus/${file}`));

/** The public files that Workspace accepts; those of one folder together, as one backend. */
function backends(): { files: string[]; backend: Partial<Record<Verdict["kind"], unknown>> }[] {
  const verdicts = JSON.parse(readShared("corpus/verdicts.json")) as Verdict[];
  const folders = new Map<string, Verdict[]>();
  for (const one of verdicts.filter(({ connects, accepted }) => connects ?? accepted)) {
    const folder = one.file.replace(/(__)?(widgets|apps|templates)\.json$/, "");
    folders.set(folder, [...(folders.get(folder) ?? []), one]);
  }
  return [...folders.values()].map((group) => ({
    files: group.map(({ file }) => file),
    backend: Object.fromEntries(group.map(({ kind, file }) => [kind, read(file)])),
  }));
}

/** How often each code is found, and in how many backends. */
function count(found: BackendFinding[][]): Map<string, { findings: number; backends: number }> {
  const counts = new Map<string, { findings: number; backends: number }>();
  for (const findings of found) {
    for (const { code } of findings) {
      const one = counts.get(code) ?? { findings: 0, backends: 0 };
      counts.set(code, { ...one, findings: one.findings + 1 });
    }
    for (const code of new Set(findings.map((finding) => finding.code))) counts.get(code)!.backends += 1;
  }
  return counts;
}

function page(found: BackendFinding[][], files: number): string {
  const counts = [...count(found)].sort(([a, x], [b, y]) => y.findings - x.findings || a.localeCompare(b));
  const quiet = found.filter((findings) => findings.every(({ severity }) => severity === "info")).length;
  const total = counts.reduce((sum, [, { findings }]) => sum + findings, 0);
  return [
    "# What `validate` says of public backends that work",
    "",
    `Of ${files} public widgets.json and apps.json files that Workspace accepts, in ${found.length} backends, there are`,
    `${total} findings of ${counts.length} kinds, none of them an error. On ${quiet} backends there is no warning. A kind that`,
    "is found on files that work has to earn its place: the last column says how. A test",
    "(`test/rules/noise.test.ts`) holds these numbers, and writes this page when it is run with `-u`.",
    "",
    "| Code | Severity | Findings | Backends | Why it earns its place |",
    "|---|---|--:|--:|---|",
    ...counts.map(
      ([code, { findings, backends: in_ }]) =>
        `| \`${code}\` | ${ruleOf(code)?.severity} | ${findings} | ${in_} | ${EARNED[code] ?? "?"} |`,
    ),
    "",
  ].join("\n");
}

describe.skipIf(!hasShared)(`on public files that Workspace accepts${whySkipped}`, () => {
  const all = hasShared ? backends() : [];
  const found = all.map(({ backend }) => validateBackend(backend));

  it("there are no errors", () => {
    expect(found.flat().filter(({ severity }) => severity === "error")).toEqual([]);
  });

  it("each kind of finding has earned its place, and none is explained that is not found", () => {
    expect(Object.keys(EARNED).sort()).toEqual([...count(found).keys()].sort());
  });

  it("docs/noise.md says how many there are", async () => {
    const files = all.flatMap((one) => one.files).length;
    await expect(page(found, files)).toMatchFileSnapshot("../../docs/noise.md");
  });
});
