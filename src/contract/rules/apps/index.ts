import type { Finding } from "../../findings.js";
import type { Backend } from "../rule.js";
import { groupFindings } from "./groups.js";
import { keyFindings } from "./keys.js";
import { layoutFindings, tabFindings } from "./layout.js";
import { readApps } from "./model.js";
import { Near } from "./near.js";
import { serverFindings } from "./servers.js";

/**
 * What connects in an apps.json and then misleads or is ignored (contract §7), as far as the file itself shows it; of
 * widgets.json only how small a widget may be. Never throws.
 */
export function appRules({ apps, widgets }: Backend): Finding[] {
  const near = new Near();
  return readApps(apps).flatMap((app) => [
    ...layoutFindings(app, widgets),
    ...keyFindings(app),
    ...tabFindings(app),
    ...groupFindings(app, near, widgets),
    ...serverFindings(app),
  ]);
}
