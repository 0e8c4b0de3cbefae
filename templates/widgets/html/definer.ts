import * as z from "zod";
import { type Handler, html as htmlBody, type Row, Rows, type WidgetId, type WidgetModule } from "./widget.js";

/**
 * A page: the handler answers with HTML, or with rows when the parameter `raw` is true.
 * Workspace shows it in a frame where scripts do not run unless its operator allows them: use HTML and CSS.
 */
export function html<Id extends WidgetId<"html">>(id: Id, handler: Handler<Id, string | Row[]>): WidgetModule {
  return { id, type: "html", handler, answer: z.string().min(1), rawAnswer: Rows, encode: htmlBody };
}

/** Makes a text safe to stand in HTML. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);
}
