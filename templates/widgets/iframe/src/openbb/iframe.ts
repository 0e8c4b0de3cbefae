import { randomBytes } from "node:crypto";
import type { Response } from "express";
import * as z from "zod";
import type { Widgets } from "./params.gen.js";
import type { Body } from "./send.js";
import type { Context, SettingsOf, WidgetId, WidgetModule } from "./widget.js";

/** What the handler of a page gets beside its parameters. */
export interface PageContext extends Context {
  /** Only scripts that carry it run: `<script nonce="${nonce}">`. It is another one in every answer. */
  nonce: string;
  /** The way from the page to the files of `public/`: `<script src="${root}workspace-frame.js">`. */
  root: string;
}

/** Text that may stand in a page as it is. Only `html` and `json` make it, so that nothing gets in unescaped. */
export class Html {
  constructor(private readonly text: string) {}

  toString(): string {
    return this.text;
  }
}

/** A page that Workspace shows in a frame, with its scripts. The handler answers with HTML made by the tag `html`. */
export function iframe<Id extends WidgetId<"iframe">>(
  id: Id,
  handler: (params: Widgets[Id]["params"], context: PageContext) => Html | Promise<Html>,
  ...[settings]: SettingsOf<Id, { cache?: never }>
): WidgetModule {
  return {
    id,
    type: "iframe",
    answer: z.string().min(1),
    endpoints: ({ path, parse }) => [
      {
        method: "GET",
        path,
        headerless: true,
        parse: ({ query }) => parse(query),
        handle: async (params, context) => {
          const nonce = randomBytes(16).toString("base64url");
          const page = await handler(params, { ...context, nonce, root: rootOf(context.request.originalUrl) });
          return { page, nonce };
        },
        encode: (answer, res) => encodePage(answer as { page: Html; nonce: string }, res),
      },
    ],
    ...settings,
  };
}

/** A page may load what comes from here, as all answers may, and run the scripts that carry the nonce. */
function encodePage({ page, nonce }: { page: Html; nonce: string }, res: Response | undefined): Body {
  const rules = String(res?.getHeader("Content-Security-Policy") ?? "").split(";");
  const kept = rules.filter((rule) => rule.trim() !== "" && !/^\s*script-src\s/.test(rule));
  return {
    contentType: "text/html; charset=utf-8",
    text: String(page),
    headers: {
      "Content-Security-Policy": [...kept, `script-src 'self' 'nonce-${nonce}'`].join(";"),
      // A kept page would have an old nonce.
      "Cache-Control": "no-store",
    },
  };
}

/** From `/t/token/board` the way to `/` is `../../`. It is relative, for a proxy may put a path before all of ours. */
function rootOf(url: string): string {
  const parts = (url.split("?", 1)[0] as string).split("/");
  return "../".repeat(Math.max(0, parts.length - 2)) || "./";
}

type Part = Html | string | number | undefined | Part[];

/** Makes HTML of a template: whatever is put in is escaped, unless it is HTML itself; lists are put in one by one. */
export function html(texts: TemplateStringsArray, ...parts: Part[]): Html {
  return new Html(texts.reduce((page, text, index) => page + put(parts[index - 1]) + text));
}

function put(part: Part): string {
  if (Array.isArray(part)) return part.map(put).join("");
  if (part instanceof Html) return String(part);
  return String(part ?? "").replace(/[&<>"'`]/g, (char) => `&#${char.charCodeAt(0)};`);
}

/** A value for a script: `<script type="application/json" id="data">${json(rows)}</script>`. */
export function json(value: unknown): Html {
  // Nothing in it can end the script element, or begin a comment.
  return new Html(JSON.stringify(value).replaceAll("<", "\\u003c"));
}
