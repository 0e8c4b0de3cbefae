import type { Rule } from "../rule.js";

const SYMBOL = { paramName: "symbol", type: "text", value: "AAPL" };
const TICKER = { paramName: "symbol", type: "ticker" };
const CHOICE = { paramName: "symbol", type: "endpoint", value: "AAPL", optionsEndpoint: "symbols" };
const PRICES = { name: "Prices", description: "Last close of each symbol", endpoint: "prices" };
const NEWS = { name: "News", description: "News of a company", endpoint: "news" };

const entry = (widget: object, ...params: object[]) => (params.length > 0 ? { ...widget, params } : widget);

/** Both widgets with the same parameters. */
const both = (...params: object[]) => ({ prices: entry(PRICES, ...params), news: entry(NEWS, ...params) });

const item = (i: string, x: number, groups?: string[]) => ({ i, x, y: 0, w: 20, h: 9, ...(groups ? { groups } : {}) });

const app = (layout: unknown[], more: object = {}) => [
  { name: "Desk", tabs: { "": { id: "", name: "", layout } }, ...more },
];

/** Both widgets in one group. */
const linked = (group: object) =>
  app([item("prices", 0, ["Group 1"]), item("news", 20, ["Group 1"])], { groups: [{ name: "Group 1", ...group }] });

const param = (more: object = {}) => linked({ type: "param", paramName: "symbol", ...more });

/** A table with a click that sets `symbol`. */
const CLICKED = {
  ...PRICES,
  data: {
    table: {
      columnsDefs: [
        {
          field: "symbol",
          headerName: "Symbol",
          renderFn: "cellOnClick",
          renderFnParams: { actionType: "groupBy", groupBy: { paramName: "symbol" } },
        },
      ],
    },
  },
};

const AGENT = { id: "analyst", name: "Analyst", description: "Explains prices", endpoints: { query: "/query" } };

/** Between files, and between widgets and their handlers. */
export const PROJECT_RULES: readonly Rule[] = [
  {
    code: "unknown-widget",
    severity: "warning",
    about: "project",
    title: "A dashboard holds a widget that widgets.json does not have.",
    why: "Workspace passes over it, and shows a notice with the app, the tab and the id.",
    remedy: "Write the id of a widget, remove the place, or add the widget.",
    section: "1.5",
    bad: { widgets: { prices: PRICES }, apps: app([item("price", 0)]) },
    good: { widgets: { prices: PRICES }, apps: app([item("prices", 0)]) },
  },
  {
    code: "exported-widget-id",
    severity: "warning",
    about: "project",
    title: "A widget stands under the name that Workspace gave it in an export.",
    why: "A widget whose id is also one of Workspace's own is exported as `<backend>-<id>`, which is the id of no widget.",
    remedy: "Write the id of widgets.json, without the name of the backend.",
    section: "7",
    bad: { widgets: { clock: PRICES }, apps: app([item("desk-clock", 0)]) },
    good: { widgets: { desk_clock: PRICES }, apps: app([item("desk_clock", 0)]) },
  },
  {
    code: "cannot-open-app",
    severity: "warning",
    about: "project",
    title: "A dashboard holds a widget that cannot be placed.",
    why: "Workspace stops at the first such widget, and the whole dashboard is not created.",
    remedy: "Mend the widget in widgets.json, or take it off the dashboard.",
    section: "2",
    bad: { widgets: { prices: { ...PRICES, staleTime: false } }, apps: app([item("prices", 0)]) },
    good: { widgets: { prices: { ...PRICES, staleTime: 60000 } }, apps: app([item("prices", 0)]) },
  },
  {
    code: "unknown-state-param",
    severity: "warning",
    about: "project",
    title: "A dashboard sets a parameter that the widget does not have.",
    why: "Workspace drops it, and the widget starts with its own defaults.",
    remedy: "Write the name of a parameter of the widget, or remove it.",
    section: "7",
    bad: {
      widgets: { prices: entry(PRICES, SYMBOL) },
      apps: app([{ ...item("prices", 0), state: { params: { Symbol: "MSFT" } } }]),
    },
    good: {
      widgets: { prices: entry(PRICES, SYMBOL) },
      apps: app([{ ...item("prices", 0), state: { params: { symbol: "MSFT" } } }]),
    },
  },
  {
    code: "group-param-missing",
    severity: "warning",
    about: "project",
    title: "A widget is in a group of a parameter that it does not have.",
    why: "Nothing changes in the widget when people choose another value in the group.",
    remedy: "Give the widget the parameter, or take it out of the group.",
    section: "7",
    bad: { widgets: { prices: entry(PRICES, SYMBOL), news: NEWS }, apps: param() },
    good: { widgets: both(SYMBOL), apps: param() },
  },
  {
    code: "group-type-mismatch",
    severity: "warning",
    about: "project",
    title: "A group has another type than the parameter that it links.",
    why: "Workspace links endpoint parameters, tickers and all others each in its own way; the wrong type links nothing.",
    remedy: "Write `endpointParam` for endpoint parameters, `ticker` for tickers, and `param` for others.",
    section: "4.6",
    bad: { widgets: both(CHOICE), apps: param() },
    good: { widgets: both(CHOICE), apps: linked({ type: "endpointParam", paramName: "symbol" }) },
  },
  {
    code: "ticker-group-without-ticker",
    severity: "warning",
    about: "project",
    title: "A widget in a ticker group does not follow tickers.",
    why: "The widget stays as it is when people choose another symbol.",
    remedy: "Give it a parameter of the type `ticker`, or take it out of the group.",
    section: "7",
    bad: { widgets: { ...both(TICKER), news: entry(NEWS, SYMBOL) }, apps: linked({ type: "ticker" }) },
    good: { widgets: both(TICKER), apps: linked({ type: "ticker" }) },
  },
  {
    code: "group-options-differ",
    severity: "warning",
    about: "project",
    title: "Widgets of a group have their choices from different places.",
    why: "Workspace links endpoint parameters by the last part of `optionsEndpoint`, so these are not linked.",
    remedy: "Give all of them the same `optionsEndpoint`, or take one out of the group.",
    section: "4.6",
    bad: {
      widgets: { ...both(CHOICE), news: entry(NEWS, { ...CHOICE, optionsEndpoint: "companies" }) },
      apps: linked({ type: "endpointParam", paramName: "symbol" }),
    },
    good: { widgets: both(CHOICE), apps: linked({ type: "endpointParam", paramName: "symbol" }) },
  },
  {
    code: "group-default-not-an-option",
    severity: "warning",
    about: "project",
    title: "A group starts with a value that a widget does not offer.",
    why: "A parameter with options follows its group only to one of these options.",
    remedy: "Write one of the options.",
    section: "4.6",
    bad: {
      widgets: both({ ...SYMBOL, options: [{ label: "Apple", value: "AAPL" }] }),
      apps: param({ defaultValue: "Apple" }),
    },
    good: {
      widgets: both({ ...SYMBOL, options: [{ label: "Apple", value: "AAPL" }] }),
      apps: param({ defaultValue: "AAPL" }),
    },
  },
  {
    code: "click-without-effect",
    severity: "warning",
    about: "project",
    title: "A click on a cell sets a parameter that nothing has.",
    why: "A click sets the groups of the widget that are bound to the parameter, else the widget's own: here it does nothing.",
    remedy: "Put the widget into a group with that `paramName`, or give it the parameter.",
    section: "5",
    bad: { widgets: { prices: CLICKED, news: entry(NEWS, SYMBOL) }, apps: app([item("prices", 0), item("news", 20)]) },
    good: { widgets: { prices: CLICKED, news: entry(NEWS, SYMBOL) }, apps: param() },
  },
  {
    code: "unknown-mention",
    severity: "warning",
    about: "project",
    title: "A prompt mentions a widget that widgets.json does not have.",
    why: "The agent gets the prompt without the widget that it is about.",
    remedy: "Write the id of a widget.",
    section: "7",
    bad: {
      widgets: { prices: PRICES },
      apps: app([item("prices", 0)], { prompts: ["What moved most in @[id:price_table]?"] }),
    },
    good: {
      widgets: { prices: PRICES },
      apps: app([item("prices", 0)], { prompts: ["What moved most in @[id:prices]?"] }),
    },
  },
  {
    code: "unknown-agent",
    severity: "warning",
    about: "project",
    title: "An app selects an agent that agents.json does not have.",
    why: "The app opens with another agent than its author meant.",
    remedy: "Write the id or the name of an agent.",
    section: "7",
    bad: { apps: app([item("prices", 0)], { selected_agent: "analist" }), agents: [AGENT] },
    good: { apps: app([item("prices", 0)], { selected_agent: "analyst" }), agents: [AGENT] },
  },
  {
    code: "no-handler",
    severity: "warning",
    about: "project",
    title: "No file in src/widgets answers for a widget, or one that is for another type.",
    why: "The project leaves the widget out of what it serves, says so in its log, and fails its tests.",
    remedy: "Write the handler, correct the id or the type in one of the two, or remove the entry.",
    section: "2",
    bad: { widgets: both(), handlers: ["prices"] },
    good: { widgets: both(), handlers: ["prices", "news"] },
  },
  {
    code: "no-entry",
    severity: "warning",
    about: "project",
    title: "A file in src/widgets is the handler of no widget.",
    why: "It is never called, and the project's tests fail.",
    remedy: "Add the widget to widgets.json, correct the id in the handler, or delete the file.",
    section: "2",
    bad: { widgets: { prices: PRICES }, handlers: ["prices", "news"] },
    good: { widgets: { prices: PRICES }, handlers: ["prices"] },
  },
];
