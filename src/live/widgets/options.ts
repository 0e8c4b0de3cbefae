import { type Asked, judgeForm, judgeOptions } from "../../contract/answers/options.js";
import { pointer } from "../../contract/explain.js";
import { isObject } from "../../contract/problems.js";
import type { Answer, Caller } from "../types.js";
import type { WidgetCheck } from "./check.js";
import { formValues, optionsQuery, type Param, paramsOf, type Values, withValues } from "./params.js";

/** Workspace keeps options for an hour (contract 4.5): widgets that share a list ask for it once. */
const CACHE = new WeakMap<Caller, Map<string, Promise<Answer | undefined>>>();

/**
 * The options of an endpoint parameter (contract 4.5; of a file selector 3.12).
 *
 * @returns the values to choose from, or undefined where the list could not be read
 */
export async function askOptions(
  check: WidgetCheck,
  param: Param,
  how: Pick<Asked, "selector" | "exactKeys"> = {},
): Promise<unknown[] | undefined> {
  const { optionsEndpoint, optionsParams, query } = param.raw;
  if (typeof optionsEndpoint !== "string" || optionsEndpoint === "") return undefined;
  const rowData = typeof query === "string" && query !== "";
  const sent: Values =
    how.selector && optionsParams === undefined
      ? new Map([...check.values].filter(([name]) => name !== param.name))
      : how.exactKeys
        ? new Map()
        : optionsQuery(optionsParams, check.values);
  const endpoint = withValues(optionsEndpoint, sent);
  const path = [...param.path, "optionsEndpoint"];
  const cache = CACHE.get(check.caller) ?? new Map<string, Promise<Answer | undefined>>();
  CACHE.set(check.caller, cache);
  const key = rowData ? `POST ${endpoint} ${query}` : endpoint;
  const asked =
    cache.get(key) ?? check.ask({ endpoint, path, ...(rowData ? { method: "POST" as const, body: { query } } : {}) });
  cache.set(key, asked);
  const answer = await asked;
  if (answer === undefined) return undefined;
  const value = check.values.get(param.name);
  const judged = judgeOptions(check.widget, answer, { ...how, path: param.path, name: param.name, value, rowData });
  check.tell(judged.findings, answer);
  return judged.values;
}

/** The lists to choose from, of all parameters but a file selector, and of the inputs of forms. */
export async function options(check: WidgetCheck): Promise<void> {
  for (const param of paramsOf(check.widget.definition)) {
    if (param.type === "form") {
      const inputs: unknown[] = Array.isArray(param.raw.inputParams) ? param.raw.inputParams : [];
      for (const [index, raw] of inputs.entries()) {
        if (!isObject(raw) || raw.type !== "endpoint") continue;
        const path = [...param.path, "inputParams", index];
        await askOptions(check, { name: String(raw.paramName), type: "endpoint", raw, path }, { exactKeys: true });
      }
    }
    // What is not shown never asks (contract 4.5), and a file selector is asked with its widget.
    const selector = Array.isArray(param.raw.roles) && param.raw.roles.includes("fileSelector");
    if (param.type !== "endpoint" || param.raw.show === false || selector) continue;
    const values = await askOptions(check, param);
    if (values) check.offered.set(param.name, values);
  }
}

/** The form of a widget, sent with nothing changed (contract 4.7). Only the first one is used. */
export async function form(check: WidgetCheck): Promise<void> {
  const found = paramsOf(check.widget.definition).find(({ type }) => type === "form");
  if (!found || typeof found.raw.endpoint !== "string" || found.raw.endpoint === "") return;
  const method = found.raw.method === "PUT" ? "PUT" : "POST";
  const body = formValues(found.raw.inputParams);
  const request = { widget: check.widget.id, path: pointer([check.widget.id, ...found.path, "endpoint"]) };
  const answer = await check.caller.call({ ...request, endpoint: found.raw.endpoint, method, body, once: true });
  if (answer) check.tell(judgeForm(check.widget, answer, found.path), answer);
}
