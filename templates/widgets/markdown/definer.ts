import * as z from "zod";
import { type Handler, json, type WidgetId, type WidgetModule } from "./widget.js";

/** A text: the handler answers with Markdown. Lines that start with four spaces become code blocks. */
export function markdown<Id extends WidgetId<"markdown">>(id: Id, handler: Handler<Id, string>): WidgetModule {
  return { id, type: "markdown", handler, answer: z.string(), encode: json };
}
