import { validateApps } from "../../apps.js";
import type { Finding } from "../../findings.js";
import { readApps } from "../apps/model.js";
import { Near } from "../apps/near.js";
import type { Backend } from "../rule.js";
import { selectedAgentFindings } from "./agents.js";
import { clickFindings } from "./clicks.js";
import { linkFindings } from "./groups.js";
import { handlerFindings } from "./handlers.js";
import { itemFindings, promptFindings } from "./items.js";
import { widgetsOf } from "./widgets.js";

/** What apps.json says of widgets and agents that those files say otherwise: findings on apps.json. */
export function appsAgainstRest({ apps: file, widgets: widgetsFile, agents }: Backend): Finding[] {
  const near = new Near();
  const apps = readApps(file);
  const widgets = widgetsOf(widgetsFile);
  return [
    ...selectedAgentFindings(apps, agents, near),
    ...(widgets
      ? apps.flatMap((app) => [
          ...itemFindings(app, widgets, near),
          ...linkFindings(app, widgets, near),
          ...promptFindings(app, widgets, near),
        ])
      : []),
  ];
}

/** What widgets.json says of groups and handlers that apps.json or the project says otherwise: findings on it. */
export function widgetsAgainstRest({ apps: file, widgets: widgetsFile, handlers }: Backend): Finding[] {
  const widgets = widgetsOf(widgetsFile);
  if (!widgets) return [];
  return [
    ...(file === undefined || isRejected(file) ? [] : clickFindings(readApps(file), widgets)),
    ...(handlers === undefined ? [] : handlerFindings(widgetsFile, handlers)),
  ];
}

/** Of apps that Workspace rejects, nobody can say whether a group is missing. */
function isRejected(apps: unknown): boolean {
  return validateApps(apps).some(({ severity }) => severity === "error");
}
