import * as z from "zod";
import { definer, html as htmlBody, type Row, Rows } from "./widget.js";

/**
 * A page: the handler answers with HTML, or with rows when the parameter `raw` is true.
 * Workspace shows it in a frame where scripts do not run unless its operator allows them: use HTML and CSS.
 */
export const html = definer<"html", string | Row[]>({
  type: "html",
  answer: z.string().min(1),
  rawAnswer: Rows,
  encode: htmlBody,
});

/** Makes a text safe to stand in HTML. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);
}
