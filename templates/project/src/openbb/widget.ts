import type { Request } from "express";
import * as z from "zod";
import type { Widgets } from "./params.gen.js";
import { type Body, JSON_TYPE } from "./send.js";

/** What a handler gets beside its parameters. */
export interface Context {
  /** Aborted when the caller has gone or the time is up: hand it on to `fetch` and database drivers. */
  signal: AbortSignal;
  request: Request;
}

/** The ids of the widgets of one type. */
export type WidgetId<Type extends string> = {
  [Id in keyof Widgets]: Widgets[Id]["type"] extends Type ? Id : never;
}[keyof Widgets];

/** A function that answers for one widget. Its parameters are those of widgets.json, checked and typed. */
export type Handler<Id extends keyof Widgets, Answer> = (
  params: Widgets[Id]["params"],
  context: Context,
) => Answer | Promise<Answer>;

/** A handler whose answers are kept. Its answer is for all who ask the same, so it does not see who asks. */
export type CachedHandler<Id extends keyof Widgets, Answer> = (
  params: Widgets[Id]["params"],
  context: Omit<Context, "request">,
) => Answer | Promise<Answer>;

export interface CacheOptions {
  /** For how many seconds the answers for the same parameters are kept. */
  cache: number;
}

/** What all widgets of one type have in common. */
interface WidgetType {
  type: string;
  /** The shape that Workspace expects of an answer. The tests check answers against it. */
  answer: z.ZodType;
  /** The same for `raw=true`, with which Workspace asks for the numbers behind a picture. */
  rawAnswer?: z.ZodType;
  encode: (answer: unknown) => Body;
}

/** What a handler file exports, made by one of the definers: `table`, `chart`, … */
export interface WidgetModule extends WidgetType {
  id: string;
  handler: (params: never, context: never) => unknown;
  /** Seconds for which answers are kept; undefined: not at all. */
  cache?: number;
}

/** Pairs a widget with its handler, and with how long answers are kept. */
export interface Definer<Type extends string, Answer> {
  <Id extends WidgetId<Type>>(id: Id, handler: Handler<Id, Answer>): WidgetModule;
  <Id extends WidgetId<Type>>(id: Id, handler: CachedHandler<Id, Answer>, options: CacheOptions): WidgetModule;
}

/** Makes the definer of a widget type: the function that its handler files call. */
export function definer<Type extends string, Answer>(widgetType: WidgetType & { type: Type }): Definer<Type, Answer> {
  return (id: string, handler: WidgetModule["handler"], options?: CacheOptions) => ({
    ...widgetType,
    id,
    handler,
    ...options,
  });
}

/** One row of a table: values by field name. */
export type Row = Record<string, unknown>;
export const Rows = z.array(z.record(z.string(), z.unknown()));

/** A body of JSON: rows, a figure and the like. Anything else would leave the widget blank without a word. */
export function json(answer: unknown): Body {
  if (typeof answer !== "object" || answer === null || answer instanceof Date) {
    throw new TypeError(`The handler must return an object or an array, not ${describe(answer)}.`);
  }
  return { contentType: JSON_TYPE, text: JSON.stringify(answer) };
}

/** A body of JSON that is one text. */
export function jsonText(answer: unknown): Body {
  if (typeof answer !== "string") throw new TypeError(`The handler must return a text, not ${describe(answer)}.`);
  return { contentType: JSON_TYPE, text: JSON.stringify(answer) };
}

/** A body of HTML, as it is (Workspace would show the quotes of a JSON string), or rows as JSON. */
export function html(answer: unknown): Body {
  if (typeof answer !== "string") return json(answer);
  return { contentType: "text/html; charset=utf-8", text: answer };
}

function describe(answer: unknown): string {
  return answer === null ? "null" : answer instanceof Date ? "a Date" : `${typeof answer} (${String(answer)})`;
}
