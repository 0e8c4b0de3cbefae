import { createHash } from "node:crypto";
import { isAbsolute } from "node:path";
import { pathToFileURL } from "node:url";
import { type Rule, ruleOf } from "../../contract/rules/index.js";
import { VERSION } from "../../version.js";
import type { ReportedFinding } from "../report.js";
import { safe } from "../safe.js";
import type { Verdict } from "../verdict.js";

const HOME = "https://www.npmjs.com/package/create-openbb-backend";
const SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json";
const LEVELS = { error: "error", warning: "warning", info: "note" } as const;

/**
 * A report as SARIF 2.1.0, for GitHub's code scanning and the like.
 *
 * @param pathOf gives a file's path from the root of the repository, with `/`; undefined for what is no file
 */
export function sarif(verdict: Verdict, pathOf: (source: string) => string | undefined) {
  const codes = [...new Set(verdict.shown.map(({ code }) => code))];
  const prints = new Map<string, number>();
  return {
    $schema: SCHEMA,
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: "create-openbb-backend",
            semanticVersion: VERSION,
            informationUri: HOME,
            rules: codes.map((code) => ruleObject(code, ruleOf(code))),
          },
        },
        columnKind: "utf16CodeUnits",
        invocations: [{ executionSuccessful: true }],
        results: verdict.shown.map((finding) => result(finding, codes.indexOf(finding.code), pathOf, prints)),
      },
    ],
  };
}

function ruleObject(code: string, rule: Rule | undefined) {
  const { title = code, why = "", remedy = "", section, severity = "warning" } = rule ?? {};
  const name = code.replace(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase());
  return {
    id: code,
    name,
    shortDescription: { text: title },
    fullDescription: { text: [title, why].filter((text) => text !== "").join(" ") },
    help: {
      text: [why, remedy].filter((text) => text !== "").join("\n\n") || title,
      markdown: `${why}\n\n**Remedy:** ${remedy}\n\n\`npx create-openbb-backend explain ${code}\``,
    },
    defaultConfiguration: { level: LEVELS[severity] },
    ...(section === undefined ? {} : { properties: { section } }),
  };
}

function result(
  finding: ReportedFinding,
  ruleIndex: number,
  pathOf: (source: string) => string | undefined,
  prints: Map<string, number>,
) {
  const { code, severity, message, hint, source, owner, path, call } = finding;
  const uri = pathOf(source);
  const text = [message, hint, call].filter((part) => part !== undefined).map(safe);
  return {
    ruleId: code,
    ruleIndex,
    level: LEVELS[severity],
    message: { text: text.join(" ") },
    locations: [
      {
        ...(uri === undefined ? {} : { physicalLocation: { artifactLocation: artifact(uri), ...region(finding) } }),
        logicalLocations: [
          { fullyQualifiedName: safe(`${uri ?? source}#${path}`), ...(owner ? { name: safe(owner) } : {}) },
        ],
      },
    ],
    partialFingerprints: { "openbbBackend/v1": fingerprint(`${code}\n${uri ?? source}\n${path}`, prints) },
  };
}

/** A path from the root of the repository, which the reader of the log knows; one outside of it is absolute. */
function artifact(path: string) {
  if (isAbsolute(path)) return { uri: pathToFileURL(path).href };
  return { uri: safe(path).split("/").map(encodeURIComponent).join("/"), uriBaseId: "%SRCROOT%" };
}

/** A region as SARIF wants it: an end is greater than its start. */
function region({ place, end }: ReportedFinding) {
  if (!place) return {};
  const start = { startLine: place.line, startColumn: place.column };
  const grows = end && (end.line > place.line || end.column > place.column);
  return { region: grows ? { ...start, endLine: end.line, endColumn: end.column } : start };
}

/** Stays the same while the file changes elsewhere; equal ones are numbered. */
function fingerprint(about: string, prints: Map<string, number>): string {
  const nth = prints.get(about) ?? 0;
  prints.set(about, nth + 1);
  return `${createHash("sha256").update(about).digest("hex").slice(0, 32)}:${nth}`;
}
