/**
 * Certain mends: what can be changed in a backend's files without any doubt about what was meant, and without losing
 * anything. Pure; nothing here throws, and nothing is changed.
 */
import { pointer } from "../explain.js";
import type { Backend, FileName, Fix, Operation } from "../rules/rule.js";
import { groupMembersFix } from "./groups.js";
import { type Attempt, areMended, attempt } from "./guard.js";
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
import { type Fault, keysOf, type Place, placeOf, valueAt } from "./place.js";
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
 * How findings are mended, where that is certain.
 *
 * @param faults the findings
 * @param backend the files that they are about
 * @returns for each, operations on its file that make it disappear, and bring no other
 */
export function fixesFor(faults: readonly Fault[], backend: Backend): (Fix | undefined)[] {
  const fixes: (Fix | undefined)[] = faults.map(() => undefined);
  for (const file of FILES) {
    const root = backend[PARTS[file]];
    let left = faults.flatMap((fault, index): Pending[] => {
      if (fault.file !== file || !Object.hasOwn(MENDS, fault.code)) return [];
      const place = placeOf(fault, root);
      const all = place ? (MENDS[fault.code]?.(place, backend) ?? []) : [];
      const possible = all.filter(({ operations }) => operations.some((one) => changes(one, root)));
      return possible.length > 0 ? [{ fault, index, possible }] : [];
    });
    for (let round = 0; round < MOST_ROUNDS && left.length > 0; round++) {
      const { attempts, later } = apart(left, root);
      const mended = areMended(
        attempts.map(({ what }) => what),
        root,
      );
      for (const [nth, { index, possible, fault }] of attempts.entries()) {
        if (mended[nth]) fixes[index] = possible[0];
        else later.push({ fault, index, possible: possible.slice(1) });
      }
      left = later.filter(({ possible }) => possible.length > 0);
    }
  }
  return fixes;
}

function changes(operation: Operation, root: unknown): boolean {
  if (operation.op !== "replace") return true;
  return JSON.stringify(valueAt(root, keysOf(operation.path))) !== JSON.stringify(operation.value);
}

/** A finding that may be mended, with what has not been tried yet. */
interface Pending {
  fault: Fault;
  index: number;
  possible: Fix[];
}

/** Faults of one object are tried one after the other; one of very many is left for when the others are mended. */
const MOST_ROUNDS = 100;

/** The first mends that do not touch each other, and what is left for later. */
function apart(pending: readonly Pending[], root: unknown) {
  const attempts: (Pending & { what: Attempt })[] = [];
  const later: Pending[] = [];
  const [taken, above] = [new Set<string>(), new Set<string>()];
  for (const one of pending) {
    const what = attempt(one.fault, root, one.possible[0]?.operations ?? []);
    const path = pointer(what.keys);
    const outer: string[] = [];
    for (let end = path.lastIndexOf("/"); end >= 0; end = end > 0 ? path.lastIndexOf("/", end - 1) : -1) {
      outer.push(path.slice(0, end));
    }
    if (taken.has(path) || above.has(path) || outer.some((one) => taken.has(one))) later.push(one);
    else {
      attempts.push({ ...one, what });
      taken.add(path);
      for (const one of outer) above.add(one);
    }
  }
  return { attempts, later };
}

const PARTS = { "widgets.json": "widgets", "apps.json": "apps", "agents.json": "agents" } as const satisfies Record<
  FileName,
  keyof Backend
>;
const FILES = Object.keys(PARTS) as FileName[];
