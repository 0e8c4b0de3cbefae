import { pointer, shown } from "../../explain.js";
import type { Finding } from "../../findings.js";
import { isObject } from "../../problems.js";

/** Two widgets of one name: in Workspace's catalogue and to the AI they look the same. */
export function duplicateNames(widgets: Record<string, unknown>, found: Finding[]): void {
  const first = new Map<string, string>();
  for (const [id, widget] of Object.entries(widgets)) {
    if (!isObject(widget) || typeof widget.name !== "string") continue;
    const name = widget.name.trim().toLowerCase();
    const other = first.get(name);
    if (other === undefined) {
      first.set(name, id);
      continue;
    }
    found.push({
      code: "duplicate-name",
      severity: "info",
      path: pointer([id, "name"]),
      message: `The widget ${shown(other)} is called ${shown(widget.name)} too.`,
      hint: "Give each widget a name of its own.",
    });
  }
}
