import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import type { Request, Response } from "express";
import * as z from "zod";
import type { Widgets } from "./params.gen.js";
import type { Params } from "./params.js";
import { toJson } from "./rows.js";
import { type Body, JSON_TYPE } from "./send.js";

/** What a handler gets beside its parameters. */
export interface Context {
  /** Aborted when the caller has gone or the time is up: hand it on to `fetch` and database drivers. */
  signal: AbortSignal;
  request: Request;
  /** The absolute URL of a path of this widget, for callers that send no headers: it carries what stands for the key. */
  link: (path: string) => string;
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
  context: Pick<Context, "signal">,
) => Answer | Promise<Answer>;

/** One choice of a parameter; a text or a number stands for its own label. */
export type Option =
  | string
  | number
  | {
      label: string;
      value: string | number;
      /** Shown beside the label. */
      extraInfo?: { description?: string; rightOfDescription?: string };
      /** Taken when a parameter on which the choices depend has changed. */
      selected?: boolean;
    };

/** Answers what the choices of a parameter are. */
export type OptionsHandler<Params> = (params: Params, context: Context) => Option[] | Promise<Option[]>;

/** Takes what a form sends. Workspace shows the message, then asks for the widget's data again. */
export type SubmitHandler<Inputs> = (
  inputs: Inputs,
  context: Context,
) => { message?: string } | undefined | Promise<{ message?: string } | undefined>;

type OptionsSetting<Widget> = Widget extends { options: infer Options }
  ? Record<never, never> extends Options
    ? { options?: { [Param in keyof Options]: OptionsHandler<NonNullable<Options[Param]>> } }
    : { options: { [Param in keyof Options]: OptionsHandler<NonNullable<Options[Param]>> } }
  : { options?: never };
type SubmitSetting<Widget> = Widget extends { form: infer Inputs }
  ? { submit: SubmitHandler<Inputs> }
  : "form" extends keyof Widget
    ? { submit?: SubmitHandler<NonNullable<Widget["form"]>> }
    : { submit?: never };

/** What a definer takes beside the handler. */
export type Settings<Id extends keyof Widgets> = {
  /** For how many seconds the answers for the same parameters are kept. */
  cache?: number;
} & OptionsSetting<Widgets[Id]> &
  SubmitSetting<Widgets[Id]>;

/** The settings as the last argument: they may be left out where the widget has no choices and no form to answer for. */
export type SettingsOf<Id extends keyof Widgets, More = unknown> =
  Record<never, never> extends Settings<Id> & More ? [settings?: Settings<Id> & More] : [settings: Settings<Id> & More];

/** A request to an endpoint, before it is checked. */
export interface Call {
  /** The query, and what stood in the place of `{placeholders}` of the path. */
  query: URLSearchParams;
  /** The parsed JSON of the body; undefined when there is none. */
  body: unknown;
  request: Request;
}

/** One URL that a widget answers at. */
export interface Endpoint {
  /** GET answers HEAD too. */
  method: "GET" | "POST" | "PUT";
  /** `/price_history`. */
  path: string;
  /** Workspace calls it without headers: a token in the path stands for the key. */
  headerless?: boolean | undefined;
  /** Reads and checks the request; throws a 400 for one that cannot be answered. */
  parse: (call: Call) => unknown;
  /** Works out the answer. It runs under the limits of time and number. */
  handle: (input: never, context: Context) => unknown;
  encode: (answer: unknown, res?: Response) => Body;
  /** Seconds for which answers are kept, by the JSON of the input; `handle` then sees nothing but that and a signal. */
  cache?: number | undefined;
}

/** A URL at which a widget takes WebSockets. */
export interface SocketEndpoint {
  path: string;
  /** Takes over the connection. Host, origin and key have been checked. */
  upgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => void;
}

/** Where a widget stands. */
export interface WidgetPlace {
  id: string;
  /** Its entry in widgets.json. */
  definition: Record<string, unknown>;
  /** The path of its endpoint. */
  path: string;
  /** Reads its parameters from a query or a JSON body: typed, defaults filled in; throws a 400 for a wrong one. */
  parse: (sent: URLSearchParams | Record<string, unknown>) => Params;
}

/** What a handler file exports, made by one of the definers: `table`, `chart`, … */
export interface WidgetModule {
  id: string;
  type: string;
  /** The shape that Workspace expects of an answer. The tests check answers against it. */
  answer: z.ZodType;
  /** The same for `raw=true`, with which Workspace asks for the numbers behind a picture. */
  rawAnswer?: z.ZodType | undefined;
  endpoints: (widget: WidgetPlace) => Endpoint[];
  socket?: ((widget: WidgetPlace) => SocketEndpoint | undefined) | undefined;
  options?: Record<string, OptionsHandler<never>> | undefined;
  submit?: SubmitHandler<never> | undefined;
  /** Ends what runs by itself: timers, connections. Called when the server stops. */
  close?: (() => void | Promise<void>) | undefined;
}

/** Pairs a widget with its handler, and with how long answers are kept. */
export interface Definer<Type extends string, Answer> {
  <Id extends WidgetId<Type>>(
    id: Id,
    handler: Handler<Id, Answer>,
    ...settings: SettingsOf<Id, { cache?: never }>
  ): WidgetModule;
  <Id extends WidgetId<Type>>(
    id: Id,
    handler: CachedHandler<Id, Answer>,
    settings: Settings<Id> & { cache: number },
  ): WidgetModule;
}

/** Makes the definer of a widget type that answers one GET: the function that its handler files call. */
export function definer<Type extends string, Answer>(
  widgetType: Pick<WidgetModule, "answer" | "rawAnswer"> & Pick<Endpoint, "encode" | "headerless"> & { type: Type },
): Definer<Type, Answer> {
  const { type, answer, rawAnswer, encode, headerless } = widgetType;
  const define = (
    id: string,
    handle: Endpoint["handle"],
    { cache, ...rest }: Pick<WidgetModule, "options" | "submit"> & { cache?: number } = {},
  ): WidgetModule => ({
    id,
    type,
    answer,
    rawAnswer,
    endpoints: ({ path, parse }) => [
      { method: "GET", path, headerless, parse: ({ query }) => parse(query), handle, encode, cache },
    ],
    ...rest,
  });
  return define as Definer<Type, Answer>;
}

/** One row of a table: values by field name. */
export type Row = Record<string, unknown>;
export const Rows = z.array(z.record(z.string(), z.unknown()));

/** A body of JSON: rows, a figure and the like. Anything else would leave the widget blank without a word. */
export function json(answer: unknown): Body {
  if (typeof answer !== "object" || answer === null || answer instanceof Date) {
    throw new TypeError(`The handler must return an object or an array, not ${describe(answer)}.`);
  }
  return { contentType: JSON_TYPE, ...toJson(answer) };
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
