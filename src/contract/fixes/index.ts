/**
 * Certain mends: what can be changed in a backend's files without any doubt about what was meant, and without losing
 * anything. Pure; nothing here throws, and nothing is changed.
 */
import type { Backend, FileName, Fix } from "../rules/rule.js";
import { groupMembersFix } from "./groups.js";
import { isMended } from "./guard.js";
import { featureName, misspelt, misspeltKey, oldGroupBy, oldType, unknownKey } from "./keys.js";
import {
  agentName,
  defaultOption,
  exportedId,
  groupName,
  groupType,
  mentions,
  paramInText,
  placedId,
  stateParam,
  widgetId,
} from "./names.js";
import { type Fault, type Place, placeOf } from "./place.js";
import {
  addressFix,
  cronFix,
  dateFix,
  ignoredFix,
  missingFixes,
  percentFix,
  selectorFix,
  valueFixes,
} from "./values.js";

export { patched } from "./patch.js";
export type { Fault };

/** Possible mends of each kind of finding; the first one that Workspace accepts is made. */
const MENDS: Readonly<Record<string, (place: Place, backend: Backend) => Fix[]>> = {
  "missing-field": (place) => [...misspelt(place), ...missingFixes(place)],
  "bad-value": valueFixes,
  "unknown-value": valueFixes,
  "unknown-widget-type": valueFixes,
  "unknown-param-type": valueFixes,
  "unknown-group-type": valueFixes,
  "cannot-place": (place) => [...misspelt(place), ...valueFixes(place)],
  "unrecognised-key": unknownKey,
  "misspelt-key": misspeltKey,
  "ignored-key": ignoredFix,
  "legacy-key": oldGroupBy,
  "no-live-updates": oldType,
  "bad-date": dateFix,
  "bad-cron": cronFix,
  "bad-endpoint": addressFix,
  "file-selector": selectorFix,
  "unknown-placeholder": paramInText,
  "unknown-reference": paramInText,
  "default-not-an-option": defaultOption,
  "double-percent": percentFix,
  "mixed-group-members": groupMembersFix,
  "unknown-widget": widgetId,
  "exported-widget-id": exportedId,
  "group-widget-not-placed": placedId,
  "unknown-group": groupName,
  "unknown-state-param": stateParam,
  "group-type-mismatch": groupType,
  "unknown-agent": agentName,
  "unknown-mention": mentions,
  "misspelt-feature": featureName,
};

/**
 * How a finding is mended, where that is certain.
 *
 * @param fault the finding
 * @param backend the files that it is about
 * @returns operations on the finding's file that make it disappear, and bring no other
 */
export function fixFor(fault: Fault, backend: Backend): Fix | undefined {
  const mends = Object.hasOwn(MENDS, fault.code) ? MENDS[fault.code] : undefined;
  const root = backend[PARTS[fault.file]];
  const place = mends && placeOf(fault, root);
  return place && mends?.(place, backend).find(({ operations }) => isMended(fault, root, operations));
}

const PARTS = { "widgets.json": "widgets", "apps.json": "apps", "agents.json": "agents" } as const satisfies Record<
  FileName,
  keyof Backend
>;
