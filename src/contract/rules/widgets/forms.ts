import { FORM_INPUT_TYPES } from "../../constants.js";
import { label, shown } from "../../explain.js";
import { effectiveType } from "../../params.js";
import { isObject, type Key } from "../../problems.js";
import type { Subject, SubjectParam } from "./subject.js";

/** Contract 4.7. Only the first form of a widget is used. */
export function formRules(subject: Subject): void {
  const form = subject.params.find(({ type }) => type === "form");
  if (form === undefined) return;
  const { warn } = subject;
  const { param, where } = form;
  if (param.endpoint === undefined || param.endpoint === "") {
    warn(
      "form-without-endpoint",
      [...where, "endpoint"],
      "The form has no `endpoint` to be sent to.",
      'Add `"endpoint": "…"`, a path of your backend that takes a POST.',
    );
  }
  const { inputParams = [] } = param;
  const list: unknown[] = Array.isArray(inputParams) ? inputParams : [];
  const inputs = list.flatMap((raw, index) => (isObject(raw) ? [input(raw, [...where, "inputParams", index])] : []));
  // An input that is rejected may be the button.
  const known = inputs.filter(
    ({ param: { type } }) => type === undefined || (FORM_INPUT_TYPES as readonly unknown[]).includes(type),
  );
  const isReadable = Array.isArray(inputParams) && known.length === list.length;
  if (isReadable && !known.some(({ type }) => type === "button")) {
    warn(
      "form-without-button",
      [...where, "inputParams"],
      "The form has no button, so it cannot be sent.",
      'Add { "paramName": "submit", "type": "button", "value": true, "label": "Send" } to `inputParams`.',
    );
  }
  const seen = new Set<string>();
  for (const one of inputs) {
    inputRules(subject, one);
    if (one.type === "button" || one.name === "") continue;
    if (seen.has(one.name)) {
      const message = `An input called ${shown(one.name)} exists already.`;
      warn("duplicate-param", [...one.where, "paramName"], message, "Rename one.");
    }
    seen.add(one.name);
  }
}

function input(param: Record<string, unknown>, where: Key[]): SubjectParam {
  const name = typeof param.paramName === "string" ? param.paramName : "";
  return { where, param, name, type: effectiveType(param) };
}

function inputRules({ warn }: Subject, { param, type, where }: SubjectParam): void {
  const at = (key: string): Key[] => [...where, key];
  if (type === "date" && typeof param.value === "string" && param.value.startsWith("$currentDate")) {
    warn(
      "raw-date",
      at("value"),
      `A form sends ${shown(param.value)} as it stands, unless a date is picked.`,
      "Remove the default, or let your backend read it.",
    );
  }
  if (type !== "endpoint") return;
  if (!param.optionsEndpoint) {
    warn(
      "no-options-endpoint",
      at("optionsEndpoint"),
      "An endpoint input without `optionsEndpoint` has nothing to choose from.",
      'Add `"optionsEndpoint": "…"`, or use a text input with `options`.',
    );
  }
  for (const [key, why] of [
    ["value", "an endpoint input of a form starts empty"],
    ["optionsParams", "a form asks for its options without parameters"],
  ] as const) {
    const given = param[key];
    const empty = !given || (typeof given === "object" && Object.keys(given).length === 0);
    if (!empty) warn("ignored-key", at(key), `${label(at(key))} is ignored: ${why}.`, "Remove it.");
  }
}
