/** Why each kind of finding earns its place on public files that work; docs/noise.md shows it. */
export const EARNED: Record<string, string> = {
  "blocked-id": "The widget cannot be used, though the backend connects and lists it.",
  "click-needs-group": "Only good to know, so it is an info: the click works where people make such a group.",
  "default-not-an-option": "The list shows nothing as chosen; `btcusdt` for `BTCUSDT` is a slip of the pen.",
  "duplicate-group": "A widget that names the group may end up in the other one.",
  "group-widget-not-placed": "The group was meant to link a widget that is gone from the dashboard.",
  "ignored-key":
    "Settings that do nothing: parameters that are no list (so the widgets have none in Workspace), options of a text parameter, defaults of tickers, charts switched off.",
  "misspelt-key":
    "Nearly all are columns that say `type` for `cellDataType`, and two that say `formatFn`: formats that the authors miss without knowing why.",
  "odd-size": "The card is not as large as its author wrote; only good to know, so it is an info.",
  "overlapping-items": "Workspace moves one of the cards away: the dashboard does not look as designed.",
  "same-options-path":
    "Such parameters do not link with a widget that has one of them only; an info, for few will link them.",
  "tab-key-not-id": "The two names of a tab disagree; an info, since it still opens.",
  "too-small-item": "The card becomes larger than designed, and pushes others away.",
  "unknown-placeholder":
    "Routes of a TypeScript backend, `/bridge/:id`, taken over as endpoints: it is asked for `:id` itself.",
  "unknown-state-param": "The dashboard sets a value that is dropped: it opens with another one than meant.",
  "unnamed-tab": "There is nothing to read, or to click, where the tab is chosen.",
  "unrecognised-key": "Workspace itself shows a notice of it, each time the backend connects.",
};
