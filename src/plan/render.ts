import { templatesOf } from "virtual:templates";
import { templateGroup } from "./groups.js";
import { fill } from "./template.js";

/**
 * Renders one template.
 *
 * @param key its path below `templates/`, without `.hbs`
 * @throws Error when there is no such template, or it asks for something that `data` lacks: a bug of ours
 */
export function render(key: string, data: Record<string, unknown>): string {
  const templates = templatesOf(templateGroup(key));
  const template = Object.hasOwn(templates, key) ? templates[key] : undefined;
  if (template === undefined) throw new Error(`There is no template ${key}.`);
  return typeof template === "string" ? template : fill(template, data);
}

/** The paths of all templates in a folder of `templates/` (a whole group or less), relative to it, sorted. */
export function templatesIn(folder: string): string[] {
  return Object.keys(templatesOf(templateGroup(folder)))
    .filter((key) => key.startsWith(`${folder}/`))
    .map((key) => key.slice(folder.length + 1))
    .sort();
}
