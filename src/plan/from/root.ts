import { validateWidgets } from "../../contract/index.js";
import { isObject } from "../../contract/problems.js";
import { CliError, EXIT } from "../../errors.js";
import { slug } from "../names.js";
import { plainText } from "./imported.js";

/**
 * The widgets of a file, by id.
 *
 * @param mends gets a sentence when the file was something else, and was mended
 * @throws CliError with exit code 2 when it holds no widgets
 */
export function rootOf(file: unknown, fix: boolean, mends: string[]): Record<string, unknown> {
  const list = Array.isArray(file) ? file : isWidget(file) ? [file] : undefined;
  if (fix && list?.length && list.every(isWidget)) {
    mends.push("The file is now an object of widgets by id.");
    return byId(list);
  }
  const [wrong] = isObject(file) ? validateWidgets(file).filter(({ path }) => path === "") : validateWidgets(file);
  if (!wrong) return file as Record<string, unknown>;
  throw new CliError(EXIT.usage, `This is no widgets.json. ${plainText(wrong.message)}`, wrong.hint);
}

function isWidget(value: unknown): value is Record<string, unknown> {
  return isObject(value) && typeof value.name === "string" && typeof value.endpoint === "string";
}

function byId(list: Record<string, unknown>[]): Record<string, unknown> {
  const found = new Map<string, unknown>();
  for (const widget of list) {
    const { widgetId, id, name, endpoint } = widget;
    const given = [widgetId, id].find((one) => typeof one === "string" && one !== "");
    const base = (given as string | undefined) ?? (slug(String(endpoint), "_") || slug(String(name), "_") || "widget");
    let key = base;
    for (let count = 2; found.has(key); count++) key = `${base}_${count}`;
    found.set(key, widget);
  }
  return Object.fromEntries(found);
}
