/** Misspelt keys within apps, which Workspace passes over in silence (contract §7). */
import { label, shown } from "../../explain.js";
import type { Finding } from "../../findings.js";
import { isObject, type Key } from "../../problems.js";
import { misspelt } from "../widgets/spelling.js";
import { type App, warning } from "./model.js";

const GROUP = ["name", "type", "paramName", "widgetIds", "defaultValue"];
const ITEM = ["minW", "minH", "maxW", "maxH", "moved", "static", "isDraggable", "groups", "state", "minimized"];
const STATE = ["params", "paramOrder", "chartView", "chartModel", "columnState", "filterModel", "storage"];

/** Keys of groups and of widgets' places that surely are meant to be others, which are not there. */
export function keyFindings({ items, groups }: App): Finding[] {
  return [
    ...items.flatMap((item) => [
      ...look(item.value, ITEM, item.where, shown(item.id) + item.onIt),
      ...(isObject(item.value.state)
        ? look(item.value.state, STATE, [...item.where, "state"], `the state of ${shown(item.id)}${item.onIt}`)
        : []),
    ]),
    ...groups.flatMap(({ value, where, name }) => look(value, GROUP, where, `the group ${shown(name)}`)),
  ];
}

/** More would be a file of another kind. */
const MOST = 50;

function look(owner: Record<string, unknown>, known: readonly string[], where: readonly Key[], of: string): Finding[] {
  return Object.keys(owner)
    .slice(0, MOST)
    .flatMap((key) => {
      const meant = known.includes(key) ? undefined : misspelt(key, known);
      if (meant === undefined || Object.hasOwn(owner, meant)) return [];
      const message = `${label([key])} of ${of} is ignored: Workspace calls it \`${meant}\`.`;
      return [warning("misspelt-key", [...where, key], message, `Rename it to \`${meant}\`.`)];
    });
}
