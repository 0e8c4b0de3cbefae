import { XMLParser, XMLValidator } from "fast-xml-parser";
import { describe, expect, it } from "vitest";
import { checkFiles, locate } from "../../src/validate/check.js";
import { githubLines } from "../../src/validate/formats/github.js";
import { jsonReport } from "../../src/validate/formats/json.js";
import { junit } from "../../src/validate/formats/junit.js";
import { outcomeOf, type Paint, readable, summary } from "../../src/validate/formats/readable.js";
import { sarif } from "../../src/validate/formats/sarif.js";
import type { Report, ReportedFinding } from "../../src/validate/report.js";
import { safeJson } from "../../src/validate/safe.js";
import { judge, type Wishes } from "../../src/validate/verdict.js";

const plain: Paint = (_, text) => text;
const path = (source: string) => source;
const WIDGETS = `{
  "prices": {
    "name": "Prices",
    "description": "Last closes.",
    "endpoint": "prices",
    "type": "table_ssrm",
    "imgUrl": "x"
  },
  "volumes": { "name": "Volumes", "description": "d", "endpoint": 7 }
}
`;
const files = (text: string, name = "widgets.json") => [{ file: "widgets.json" as const, name, text }];
const verdict = (text = WIDGETS, wishes: Wishes = {}) => judge(checkFiles("desk", files(text)), wishes);

/** With texts that do not change with the rules. */
const fixed = () => {
  const found = { file: "widgets.json", code: "bad-type", severity: "error", message: "This cannot be." } as const;
  const findings = locate("desk", files(WIDGETS), [
    { ...found, path: "/prices/type", hint: "Write another.", why: "It is refused." },
    { ...found, path: "/prices/imgUrl", code: "odd-key", severity: "warning", why: "It is ignored." },
    { ...found, path: "/volumes", message: "This cannot be either.", why: "It is refused." },
    { ...found, path: "/volumes/data", file: "apps.json", severity: "info", why: "", call: "GET http://h/apps.json" },
  ]);
  return judge({ subject: "desk", files: files(WIDGETS), findings, checked: { widgets: 2, apps: 1, agents: 0 } });
};

/** What a stranger could put into a file, or a server into an answer. */
const EVIL = "\u001b[2J\u009b31m\u0007]]>-->&<x a='\"'>%0A::error::\r\n\u202etxt\u2028\ud800\ufffe\u0000`|";
const evil = (): Report => {
  const finding: ReportedFinding = {
    code: "bad-value",
    severity: "error",
    path: `/${EVIL}`,
    message: `It is ${EVIL}.`,
    hint: `Not ${EVIL}.`,
    why: EVIL,
    file: "widgets.json",
    source: `dir/${EVIL}.json`,
    owner: `::stop ${EVIL}`,
    call: `GET http://h/${EVIL}`,
    place: { line: 1, column: 3 },
    end: { line: 1, column: 9 },
  };
  return {
    subject: EVIL,
    files: [{ file: "widgets.json", name: `dir/${EVIL}.json`, text: `{ ${EVIL}` }],
    findings: [finding, { ...finding, severity: "warning" }, { ...finding, severity: "info", place: undefined }],
    checked: { widgets: 1, apps: 0, agents: 0 },
  };
};
// biome-ignore lint/suspicious/noControlCharactersInRegex: those are what is looked for
const HARMFUL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u202e\ud800]/u;

describe("text", () => {
  it("groups by file and widget, with the line, a caret, the remedy, and the reason once", () => {
    expect(readable(fixed(), plain).join("\n")).toMatchInlineSnapshot(`
      "widgets.json
        prices
          ✖ widgets.json:6:13 This cannot be.  bad-type
            6 |     "type": "table_ssrm",
              |             ^^^^^^^^^^^^
            Write another.
            It is refused.
          ▲ widgets.json:7:15 This cannot be.  odd-key
            7 |     "imgUrl": "x"
              |               ^^^
            It is ignored.
        volumes
          ✖ widgets.json:9:3 This cannot be either.  bad-type
            9 |   "volumes": { "name": "Volumes", "description": "d", "endpoint": 7 }
              |   ^^^^^^^^^

      desk
          ● This cannot be.  bad-type
            GET http://h/apps.json
      "
    `);
  });

  it("says of a project of this tool what it does with entries that Workspace would reject", () => {
    const outcome = (text: string, handlers?: string[]) =>
      outcomeOf({
        ...fixed(),
        report: checkFiles("desk", [{ file: "widgets.json", name: "widgets.json", text }], { handlers }),
      });
    const bad = JSON.stringify({ a: { name: "A", description: "d", endpoint: 7 } });
    expect(outcome(bad)).toContain("would not connect this backend");
    expect(outcome(bad, ["a"])).toContain("this project leaves out what has errors");
    expect(outcome(bad.slice(1), ["a"])).toContain("would not connect this backend");
  });

  it("ends with counts, what Workspace does, and what to do next", () => {
    const judged = fixed();
    const advice = { command: "npx create-openbb-backend validate desk", fixable: 1, outcome: outcomeOf(judged) };
    expect(summary(judged, advice, plain).join("\n")).toMatchInlineSnapshot(`
      "✖ desk: 2 errors, 1 warning, 1 for your information. Checked 2 widgets, 1 app.
        Workspace would not connect this backend: one error costs all of its widgets.

      Next:
        npx create-openbb-backend validate desk --fix  mends one of these; --diff shows it first
        npx create-openbb-backend explain bad-type     says more, with an example"
    `);
    const sound = verdict(JSON.stringify({ a: { name: "A", description: "d", endpoint: "a" } }));
    expect(summary(sound, { ...advice, fixable: 0, outcome: outcomeOf(sound) }, plain)).toEqual([
      "✔ desk: no findings. Checked 1 widget.",
      "  Workspace would accept it.",
    ]);
  });

  it.each([".", "", "./"])("calls the folder %j this one", (subject) => {
    const judged = judge({ subject, files: [], findings: [], checked: { widgets: 1, apps: 0, agents: 0 } });
    const [line] = summary(judged, { command: "c", fixable: 0, outcome: "o" }, plain);
    expect(line).toBe("✔ this folder: no findings. Checked 1 widget.");
    expect(githubLines(judged, path)).toEqual(["Checked this folder: no findings in 1 widget."]);
  });

  it("folds what is found again and again", () => {
    const widget = (n: number) => [`w${n}`, { name: `N${n}`, description: "d", endpoint: `e${n}`, type: "tabel" }];
    const text = JSON.stringify(Object.fromEntries(Array.from({ length: 300 }, (_, n) => widget(n))), null, 2);
    const lines = readable(verdict(text), plain);
    expect(lines.length).toBeLessThan(60);
    expect(lines.join("\n")).toContain("… and 287 more of unknown-widget-type");
    expect(lines.filter((line) => line.includes("^^^"))).toHaveLength(3);
  });

  it("says what is hidden", () => {
    const judged = verdict(WIDGETS, { quiet: true, ignore: ["bad-value"], maxWarnings: 0 });
    expect(judged.shown.map(({ code }) => code)).toEqual(["unknown-widget-type"]);
    const [line] = summary(judged, { command: "c", fixable: 0, outcome: "o" }, plain);
    expect(line).toContain("1 ignored, only errors are shown, more warnings than allowed");
  });
});

describe("json", () => {
  it("has every fact, under keys that stay", () => {
    const report = jsonReport(verdict(), 4);
    expect(report).toMatchObject({
      status: "invalid",
      exitCode: 4,
      subject: "desk",
      files: [{ file: "widgets.json", name: "widgets.json" }],
      checked: { widgets: 2, apps: 0, agents: 0 },
      counts: { errors: 2, warnings: 1, infos: 0, ignored: 0 },
    });
    expect(report.findings[0]).toMatchObject({
      code: "unknown-widget-type",
      severity: "error",
      file: "widgets.json",
      source: "widgets.json",
      owner: "prices",
      path: "/prices/type",
      line: 6,
      column: 13,
      endLine: 6,
      endColumn: 25,
      message: expect.any(String),
      hint: expect.any(String),
      why: expect.any(String),
    });
    expect(JSON.parse(safeJson(report))).toEqual(JSON.parse(JSON.stringify(report)));
  });
});

describe("github", () => {
  it("annotates lines, errors first", () => {
    const lines = githubLines(verdict(), (source) => `backend/${source}`);
    expect(lines[0]).toMatch(
      /^::error file=backend\/widgets\.json,line=6,endLine=6,col=13,endColumn=25,title=unknown-widget-type \(prices\)::/,
    );
    expect(lines.map((line) => line.split(" ")[0])).toEqual(["::error", "::error", "::warning", "Checked"]);
  });

  it("gives no columns over several lines, and no file for a URL", () => {
    const text = '{\n"a": {\n"name": "A" } }';
    expect(githubLines(verdict(text), path)[0]).toMatch(/line=2,endLine=3,title/);
    expect(githubLines(verdict(text), () => undefined)[0]).toMatch(/^::error title=/);
  });
});

describe("junit", () => {
  const parser = new XMLParser({
    ignoreAttributes: false,
    isArray: (name) => ["testsuite", "testcase"].includes(name),
  });

  it("has a suite for the file, and a test for each widget with something to say", () => {
    const { testsuites } = parser.parse(junit(verdict()));
    const [suite] = testsuites.testsuite;
    expect(suite).toMatchObject({ "@_name": "widgets.json", "@_tests": "3", "@_failures": "2" });
    expect(suite.testcase.map((one: { "@_name": string }) => one["@_name"])).toEqual([
      "widgets.json",
      "prices",
      "volumes",
    ]);
    expect(suite.testcase[1].failure["@_type"]).toBe("unknown-widget-type");
    expect(suite.testcase[1]["system-out"]).toContain("imgUrl");
    expect(suite.testcase[0].failure).toBeUndefined();
  });

  it("fails for too many warnings", () => {
    const warned = verdict(WIDGETS, { ignore: ["unknown-widget-type", "bad-value"], maxWarnings: 0 });
    expect(parser.parse(junit(warned)).testsuites).toMatchObject({ "@_failures": "1" });
  });
});

describe("sarif", () => {
  /** What section 3 of SARIF 2.1.0 requires, and what GitHub's code scanning requires beside. */
  function expectSarif(log: ReturnType<typeof sarif>) {
    expect(log).toMatchObject({ version: "2.1.0", $schema: expect.stringMatching(/^https:.*sarif-2\.1\.0\.json$/) });
    const [run] = log.runs;
    const driver = run?.tool.driver;
    expect(driver).toMatchObject({
      name: expect.any(String),
      semanticVersion: expect.stringMatching(/^\d+\.\d+\.\d+/),
    });
    const ids = driver?.rules.map(({ id }) => id) ?? [];
    expect(new Set(ids).size).toBe(ids.length);
    for (const rule of driver?.rules ?? []) {
      expect(rule.shortDescription.text).not.toBe("");
      expect(rule.fullDescription.text).not.toBe("");
      expect(rule.help.text).not.toBe("");
      expect(["error", "warning", "note", "none"]).toContain(rule.defaultConfiguration.level);
    }
    const prints = run?.results.map(({ partialFingerprints }) => partialFingerprints["openbbBackend/v1"]) ?? [];
    expect(new Set(prints).size).toBe(prints.length);
    for (const result of run?.results ?? []) {
      expect(ids[result.ruleIndex]).toBe(result.ruleId);
      expect(["error", "warning", "note"]).toContain(result.level);
      expect(result.message.text).not.toBe("");
      for (const location of result.locations) {
        const physical = "physicalLocation" in location ? location.physicalLocation : undefined;
        if (!physical) continue;
        // A URI reference: no spaces, no controls, no bare %.
        expect(physical.artifactLocation.uri).toMatch(/^(?:[\w\-.~:/?#[\]@!$&'()*+,;=]|%[\dA-F]{2})+$/);
        const region: Record<string, number> | undefined = physical.region;
        if (!region) continue;
        expect(region.startLine).toBeGreaterThan(0);
        expect(region.startColumn).toBeGreaterThan(0);
        expect(Object.keys(region)).toHaveLength(region.endLine === undefined ? 2 : 4);
        if (region.endLine !== region.startLine) continue;
        expect(region.endColumn).toBeGreaterThan(region.startColumn ?? 0);
      }
    }
  }

  it("has what the standard and GitHub require", () => {
    const log = sarif(verdict(), (source) => `my backend/${source}`);
    expectSarif(log);
    expect(log.runs[0]?.results[0]).toMatchObject({
      ruleId: "unknown-widget-type",
      level: "error",
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: "my%20backend/widgets.json", uriBaseId: "%SRCROOT%" },
            region: { startLine: 6, startColumn: 13, endLine: 6, endColumn: 25 },
          },
        },
      ],
    });
    expectSarif(sarif(judge(evil()), path));
    expectSarif(sarif(judge(evil()), () => undefined));
    expectSarif(sarif(judge(evil()), () => "/abs/w idgets.json"));
  });

  it("keeps its fingerprints while the file changes elsewhere", () => {
    const prints = (text: string) =>
      sarif(verdict(text), path).runs[0]?.results.map(({ partialFingerprints }) => partialFingerprints);
    expect(
      prints(WIDGETS.replace("{\n", '{\n\n  "new": {"name": "N", "description": "d", "endpoint": "n"},\n')),
    ).toEqual(prints(WIDGETS));
  });
});

describe("texts of strangers", () => {
  it("do no harm in any format", () => {
    const judged = judge(evil());
    const advice = { command: "c", fixable: 0, outcome: EVIL };
    const text = [...readable(judged, plain), ...summary(judged, advice, plain)].join("\n");
    expect(text).not.toMatch(HARMFUL);
    const github = githubLines(judged, path);
    expect(github).toHaveLength(4);
    for (const line of github) {
      expect(line).not.toMatch(HARMFUL);
      expect(line).not.toMatch(/[\r\n]/);
    }
    for (const line of text.split("\n")) expect(line).not.toMatch(/^\s*::/);
    for (const line of github.slice(0, 3)) expect(line.match(/^::\w+ [^:]*::/)).not.toBeNull();
    for (const document of [jsonReport(judged, 4), sarif(judged, path)]) {
      const said = safeJson(document);
      expect(said).not.toMatch(HARMFUL);
      expect(() => JSON.parse(said)).not.toThrow();
    }
    const xml = junit(judged);
    expect(xml).not.toMatch(HARMFUL);
    expect(xml).not.toMatch(/="[^"]*\n/);
    expect(XMLValidator.validate(xml)).toBe(true);
  });
});
