/**
 * What the card of a widget makes of an answer: one judgement for each widget type. Pure, and nothing here throws,
 * whatever a backend sends.
 */
import type { Finding } from "../findings.js";
import { judgeHighcharts, judgePlotly, judgeVega } from "./charts.js";
import { judgeMetric, judgeNews } from "./lists.js";
import { type Reply, readJson, typeOf, type Widget } from "./reply.js";
import { judgeRaw, judgeTable } from "./rows.js";
import { judgeStatus } from "./status.js";
import { judgeHtml, judgeHtmlRaw, judgeMarkdown, judgeYoutube } from "./texts.js";

export type { Reply, Widget } from "./reply.js";

/** Types that read the body as text. */
const TEXTS = new Map<string, (widget: Widget, reply: Reply) => Finding[]>([
  ["markdown", judgeMarkdown],
  ["html", judgeHtml],
  ["youtube", judgeYoutube],
]);

/** Types that read it as JSON; any other shows rows. */
const BODIES = new Map<string, (widget: Widget, body: unknown) => Finding[]>([
  ["chart", judgePlotly],
  ["chart-highcharts", judgeHighcharts],
  ["chart-vegalite", judgeVega],
  ["metric", judgeMetric],
  ["newsfeed", judgeNews],
]);

/**
 * What the card of a widget shows that is asked with one GET: `table`, `live_grid`, the charts, `metric`, `newsfeed`,
 * `markdown`, `html` and `youtube`.
 *
 * @param raw whether the answer is to `?raw=true`
 * @param unsent parameters that the user may fill in and that were not sent
 */
export function judgeAnswer(
  widget: Widget,
  reply: Reply,
  { raw = false, unsent = [] }: { raw?: boolean; unsent?: readonly string[] } = {},
): Finding[] {
  const type = typeOf(widget);
  const failed = judgeStatus(widget, reply, { unsent });
  if (failed) return [failed];
  // A transcript (contract 3.19) may be any text.
  if (raw && type === "youtube") return [];
  if (raw && type === "html") return judgeHtmlRaw(widget, reply);
  const text = TEXTS.get(type);
  if (text) return text(widget, reply);
  const read = readJson(widget, reply);
  if (read.findings) return read.findings;
  if (raw) return judgeRaw(widget, read.value);
  return BODIES.get(type)?.(widget, read.value) ?? judgeTable(widget, read.value).findings;
}
