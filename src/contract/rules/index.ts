/**
 * What Workspace makes of a whole backend: the client's own gates (validateWidgets, validateApps), and the rules for
 * what connects and then fails, misleads or is ignored. No I/O, and nothing here throws.
 */
import { validateApps } from "../apps.js";
import type { Finding } from "../findings.js";
import { validateWidgets } from "../widgets.js";
import { RULES, ruleOf } from "./catalogue/index.js";
import type { Backend, BackendFinding, FileName } from "./rule.js";

export type * from "./rule.js";
export { RULES, ruleOf };

/**
 * Everything that can be said of a backend without calling it.
 *
 * @param backend its files, parsed; anything is allowed in them, nothing is changed
 * @returns findings, file by file, each in the order of its file
 */
export function validateBackend(backend: Backend): BackendFinding[] {
  const found: BackendFinding[] = [];
  const add = (file: FileName, findings: Finding[]) => {
    for (const finding of findings) found.push({ ...finding, file, why: ruleOf(finding.code)?.why ?? "" });
  };
  if (backend.widgets !== undefined) add("widgets.json", validateWidgets(backend.widgets));
  if (backend.apps !== undefined) add("apps.json", validateApps(backend.apps));
  return found;
}
