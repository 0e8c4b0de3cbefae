import { pointer } from "../explain.js";
import { isObject } from "../problems.js";
import type { Fix, Operation } from "../rules/rule.js";
import { has, own, type Place } from "./place.js";

/**
 * Gives `widgetIds` to the groups of an app that have none, from the layout items that name them: some with and some
 * without crash Workspace (contract section 7).
 *
 * @param place the app's `groups`
 */
export function groupMembersFix({ keys, holder: app, value: groups }: Place): Fix[] {
  if (!Array.isArray(groups) || !groups.every(isObject)) return [];
  const items = Object.values(Object(own(app, "tabs")))
    .flatMap((tab) => own(tab, "layout"))
    .filter(isObject);
  const operations: Operation[] = groups.flatMap((group, index) => {
    if (has(group, "widgetIds")) return [];
    const members = items.filter((item) => includes(own(item, "groups"), group.name)).map((item) => item.i);
    return [{ op: "add" as const, path: pointer([...keys, index, "widgetIds"]), value: [...new Set(members)] }];
  });
  if (operations.length === 0) return [];
  return [{ title: "Add the missing `widgetIds`, from the layout items that name the group.", operations }];
}

function includes(list: unknown, value: unknown): boolean {
  return Array.isArray(list) && list.includes(value);
}
