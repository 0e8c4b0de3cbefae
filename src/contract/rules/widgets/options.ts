import { label, shown } from "../../explain.js";
import { isObject, type Key } from "../../problems.js";
import { hasOptions } from "./params.js";
import type { Subject, SubjectParam } from "./subject.js";

/** Choices that are written down, and the default among them (contract 4.1 and 4.2). */
export function optionRules(subject: Subject): void {
  for (const one of subject.params) {
    const { type, param, where } = one;
    if (type === "tabs" && !hasOptions(param)) {
      subject.warn(
        "no-options",
        [...where, "options"],
        "A tabs parameter without `options` has no tabs.",
        'Add `"options": [{ "label": "…", "value": "…" }]`.',
      );
    }
    if (type === "boolean" && hasOptions(param)) {
      subject.info(
        "boolean-options",
        [...where, "options"],
        "A boolean parameter is a switch that says On and Off, whatever its options are called.",
        "Make it a text parameter to show the options' labels.",
      );
    }
    if ((type === "text" || type === "number" || type === "tabs") && hasOptions(param)) defaultOption(subject, one);
  }
}

/** Values are compared strictly, so a text never ticks a number (contract 4.2). */
function defaultOption({ warn }: Subject, { param, type, where }: SubjectParam): void {
  if (param.multiple === true) return;
  const options = param.options as unknown[];
  const values = new Set<unknown>();
  for (const option of options) {
    // What an option without a value stands for is not known; others are rejected.
    if (!isObject(option) || option.value === undefined || option.value === null) return;
    if (typeof option.value === "object" || (type === "tabs" && typeof option.value !== "string")) return;
    values.add(option.value);
  }
  const chosen = chosenValues(param, type).filter((value) => !values.has(value));
  const missing = chosen[0];
  if (missing === undefined) return;
  const at: Key[] = [...where, "value"];
  const twin = [...values].find((value) => String(value) === String(missing));
  if (twin !== undefined) {
    const kinds = type === "number" ? ["a number", "a text"] : ["a text", "a number"];
    warn(
      "default-not-an-option",
      at,
      `The default of ${label(at)} is ${kinds[0]} and the option ${shown(String(missing))} is ${kinds[1]}: Workspace does not show it as chosen.`,
      type === "number" ? "Write the options' values without quotes." : "Write the options' values in quotes.",
    );
    return;
  }
  const close = [...values].find((value) => String(value).toLowerCase() === String(missing).toLowerCase());
  warn(
    "default-not-an-option",
    at,
    `${label(at)} is ${shown(missing)}, which is none of the options: it is sent, but not shown as chosen.`,
    close === undefined ? "Write the value of an option, or add one." : `Write ${shown(close)}.`,
  );
}

/** What is chosen at first, as the client has it after its coercions (contract 4.1). */
function chosenValues(param: Record<string, unknown>, type: unknown): (string | number)[] {
  const { value } = param;
  if (!value) return [];
  if (type === "number") {
    const number = typeof value === "string" ? Number.parseFloat(value) : value;
    return typeof number === "number" && Number.isFinite(number) ? [number] : [];
  }
  if (Array.isArray(value)) {
    // A list becomes a text, and is split again for display.
    const texts = value.filter((one) => typeof one === "string" || typeof one === "number").map(String);
    return param.multiSelect === true && texts.length === value.length ? texts : [];
  }
  if (typeof value !== "string" && typeof value !== "number") return [];
  const text = String(value);
  if (param.multiSelect !== true) return [text];
  const known = (param.options as unknown[]).some((option) => isObject(option) && option.value === text);
  return known ? [] : text.split(",").map((part) => part.trim());
}
