import type { Rule } from "../rule.js";
import { widget } from "./samples.js";

const about = "widgets.json";
const PROMPT = { paramName: "prompt", type: "text", label: "Prompt", show: false };
const SELECTOR = {
  paramName: "file",
  type: "endpoint",
  optionsEndpoint: "files",
  show: false,
  roles: ["fileSelector"],
};
const UDF = { type: "advanced_charting", endpoint: "udf", data: { defaultSymbol: "AAPL" } };
const LIVE = { type: "live_grid", endpoint: "quotes", data: { table: { columnsDefs: [] } } };

/** What widgets of one type need, and connect without (contract 3). */
export const TYPE_RULES: readonly Rule[] = [
  {
    code: "no-prompt-param",
    severity: "warning",
    about,
    title: "A widget with a text box has no parameter for the text.",
    why: "The box is bound to a parameter by its name. Without it, what people type is not sent.",
    remedy: "Add a text parameter called prompt to an omni widget, one called query to an ssrm_advanced widget.",
    section: "3.15",
    bad: widget({ type: "omni" }),
    good: widget({ type: "omni", params: [PROMPT] }),
  },
  {
    code: "no-file-endpoint",
    severity: "warning",
    about,
    title: "A file_viewer has no `fileEndpoint`.",
    why: "The list of files shows, and a click on a file opens nothing.",
    remedy: "Add `fileEndpoint`: the path that answers ?path=<link> with the file.",
    section: "3.13",
    bad: widget({ type: "file_viewer", endpoint: "files" }),
    good: widget({ type: "file_viewer", endpoint: "files", fileEndpoint: "file" }),
  },
  {
    code: "file-selector",
    severity: "warning",
    about,
    title: "The file selector of a multi_file_viewer does not pick a list.",
    why: "Workspace sends the chosen files as a list and shows them side by side; a single text is no list.",
    remedy: "Write `multiSelect: true` and a list as `value`.",
    section: "3.12",
    bad: widget({ type: "multi_file_viewer", params: [{ ...SELECTOR, value: "report.pdf" }] }),
    good: widget({
      type: "multi_file_viewer",
      params: [{ ...SELECTOR, multiSelect: true, value: ["report.pdf"] }],
    }),
  },
  {
    code: "ticker-on-advanced-chart",
    severity: "warning",
    about,
    title: "An advanced_charting widget has a ticker parameter.",
    why: "The chart then opens with the dashboard's ticker, not with `data.defaultSymbol`.",
    remedy: "Remove the parameter, or make it a text parameter called symbol.",
    section: "3.18",
    bad: widget({ ...UDF, params: [{ paramName: "symbol", type: "ticker", label: "Symbol" }] }),
    good: widget({ ...UDF, params: [{ paramName: "symbol", type: "text", value: "AAPL", label: "Symbol" }] }),
  },
  {
    code: "no-live-updates",
    severity: "warning",
    about,
    title: "A live_grid never changes.",
    why: "Its first rows show, and then nothing moves: no socket is opened, or no column takes what the socket says.",
    remedy:
      "Give `wsEndpoint`, the type as `type`, and where rows have an id, columns with `enableCellChangeWs: true`.",
    section: "3.14",
    bad: widget(LIVE),
    good: widget({ ...LIVE, wsEndpoint: "quotes/live" }),
  },
];
