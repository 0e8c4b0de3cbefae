import type { Finding } from "../../findings.js";
import { isObject } from "../../problems.js";
import type { Backend } from "../rule.js";
import { clickRules } from "./clicks.js";
import { columnRules } from "./columns.js";
import { endpointRules } from "./endpoints.js";
import { formRules } from "./forms.js";
import { keyRules } from "./keys.js";
import { duplicateNames } from "./names.js";
import { optionRules } from "./options.js";
import { paramRules } from "./params.js";
import { placeRules } from "./place.js";
import { type Subject, subject } from "./subject.js";
import { tableRules } from "./table.js";
import { typeKeyRules } from "./type-keys.js";
import { typeNeedRules } from "./type-needs.js";

const RULES_OF_A_WIDGET: readonly ((subject: Subject, backend: Backend) => void)[] = [
  endpointRules,
  keyRules,
  typeKeyRules,
  typeNeedRules,
  placeRules,
  paramRules,
  optionRules,
  formRules,
  tableRules,
  columnRules,
  clickRules,
];

/**
 * What connects and then fails, misleads or is ignored, as far as widgets.json shows it for certain (contract 2 to 6,
 * 12 and 13). Looks at widgets in any state, so every value is checked before use.
 */
export function widgetRules(backend: Backend): Finding[] {
  const { widgets } = backend;
  // A single widget at the root, or no object at all: the gate says it.
  if (!isObject(widgets) || typeof widgets.name === "string" || typeof widgets.endpoint === "string") return [];
  const found: Finding[] = [];
  for (const [id, widget] of Object.entries(widgets)) {
    if (!isObject(widget) || id === "__proto__") continue;
    const one = subject(id, widget, found);
    for (const rule of RULES_OF_A_WIDGET) rule(one, backend);
  }
  duplicateNames(widgets, found);
  return found;
}
