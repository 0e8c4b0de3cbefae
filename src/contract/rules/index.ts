/**
 * What Workspace makes of a whole backend: the client's own gates (validateWidgets, validateApps), and the rules for
 * what connects and then fails, misleads or is ignored. No I/O, and nothing here throws.
 */
import { validateApps } from "../apps.js";
import type { Finding } from "../findings.js";
import { fixesFor } from "../fixes/index.js";
import { validateWidgets } from "../widgets.js";
import { validateAgents } from "./agents/index.js";
import { appRules } from "./apps/index.js";
import { RULES, ruleOf } from "./catalogue/index.js";
import { inFileOrder } from "./order.js";
import { appsAgainstRest, widgetsAgainstRest } from "./project/index.js";
import type { Backend, BackendFinding, FileName } from "./rule.js";
import { widgetRules } from "./widgets/index.js";

export type * from "./rule.js";
export { RULES, ruleOf };

/** Who looks at what. Of one place, the client's gates speak first. */
const CHECKS: readonly [FileName, (backend: Backend) => Finding[]][] = [
  ["widgets.json", ({ widgets }) => (widgets === undefined ? [] : validateWidgets(widgets))],
  ["widgets.json", widgetRules],
  ["widgets.json", widgetsAgainstRest],
  ["apps.json", ({ apps }) => (apps === undefined ? [] : validateApps(apps))],
  ["apps.json", appRules],
  ["apps.json", appsAgainstRest],
  ["agents.json", ({ agents }) => (agents === undefined ? [] : validateAgents(agents))],
];

const FILES: readonly [FileName, keyof Backend][] = [
  ["widgets.json", "widgets"],
  ["apps.json", "apps"],
  ["agents.json", "agents"],
];

/**
 * Everything that can be said of a backend without calling it.
 *
 * @param backend its files, parsed; anything is allowed in them, nothing is changed
 * @returns findings, file by file, each in the order of its file
 */
export function validateBackend(backend: Backend): BackendFinding[] {
  return FILES.flatMap(([file, key]) => {
    const found = CHECKS.filter(([about]) => about === file).flatMap(([, check]) => check(backend));
    const ordered = inFileOrder(withoutEchoes(found).filter(isNews(backend)), backend[key]).map((finding) => ({
      ...finding,
      file,
    }));
    const fixes = fixesFor(ordered, backend);
    return ordered.map((finding, index): BackendFinding => {
      const fix = fixes[index];
      return { ...finding, why: ruleOf(finding.code)?.why ?? "", ...(fix ? { fix } : {}) };
    });
  });
}

/** What a gate rejects needs no further word on the same place. */
function withoutEchoes(findings: Finding[]): Finding[] {
  const rejected = new Set(findings.filter(({ severity }) => severity === "error").map(({ path }) => path));
  if (rejected.size === 0) return findings;
  return findings.filter(({ severity, path }) => severity === "error" || !rejected.has(path));
}

/** In a project of this tool the runtime fills in the defaults that Workspace does not send. */
function isNews({ handlers }: Backend): (finding: Finding) => boolean {
  return ({ code }) => handlers === undefined || code !== "default-not-sent";
}
