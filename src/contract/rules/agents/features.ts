import { shown } from "../../explain.js";
import type { Finding } from "../../findings.js";
import { isObject, type Key } from "../../problems.js";
import { warning } from "../apps/model.js";
import { misspelt } from "../widgets/spelling.js";

/** Features that Workspace itself acts on (contract §9); any other name is the agent's own. */
const KNOWN = ["widget-dashboard-select", "widget-dashboard-search", "widget-global-search", "mcp-tools"];

/** Those that work only where they are exactly `true`. */
const PLAIN = ["widget-global-search", "mcp-tools"];

/** Features that do not do what their author meant. */
export function featureFindings(agent: Record<string, unknown>, where: readonly Key[]): Finding[] {
  const { features } = agent;
  if (!isObject(features)) return [];
  return Object.entries(features).flatMap(([name, feature]) => {
    const at = [...where, "features", name];
    const meant = KNOWN.includes(name) ? undefined : misspelt(name, KNOWN);
    if (meant !== undefined && !Object.hasOwn(features, meant)) {
      const message = `The feature ${shown(name)} is spelt ${shown(meant)} in Workspace, which takes this one for the agent's own.`;
      return [warning("misspelt-feature", at, message, `Write ${shown(meant)}.`)];
    }
    if (!isObject(feature)) return [];
    if (PLAIN.includes(name)) {
      const message = `The feature ${shown(name)} works only where it is plainly \`true\`.`;
      return [warning("feature-needs-true", at, message, `Write "${name}": true.`)];
    }
    const { options = [] } = feature;
    if (feature.type === "select" && Array.isArray(options) && options.length === 0) {
      const message = `The setting ${shown(name)} has nothing to choose from.`;
      return [warning("select-without-options", at, message, 'Add `"options": [{ "label": "…", "value": "…" }]`.')];
    }
    return [];
  });
}
