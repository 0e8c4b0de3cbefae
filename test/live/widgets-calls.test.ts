import { describe, expect, it } from "vitest";
import type { Caller, CallRequest } from "../../src/live/types.js";
import { sentDate } from "../../src/live/widgets/dates.js";
import { checkWidget } from "../../src/live/widgets/index.js";
import { formValues, initialValues, optionsQuery, trialsOf, withValues } from "../../src/live/widgets/params.js";

/** Answers every call with the same text, and notes what was asked. */
function recorder(text: string | ((request: CallRequest) => string), headers: Record<string, string> = {}) {
  const calls: CallRequest[] = [];
  const sockets: { endpoint: string; hello: unknown }[] = [];
  const codes: string[] = [];
  const caller: Caller = {
    connection: { url: "http://localhost:7779/base", headers: {}, query: {} },
    call: async (request) => {
      calls.push(request);
      const body = typeof text === "string" ? text : text(request);
      const all = { "content-type": "application/json", ...headers };
      const bytes = new TextEncoder().encode(body);
      return { call: "", url: request.endpoint, status: 200, headers: all, text: body, bytes, ms: 1 };
    },
    socket: async ({ endpoint, hello }) => {
      sockets.push({ endpoint, hello });
      return { call: "", opened: true, messages: ['{"symbol":"AAPL","price":2}'] };
    },
    report: ({ code }) => void codes.push(code),
  };
  const shown = () => calls.map(({ method = "GET", endpoint }) => `${method} ${endpoint}`);
  return { caller, calls, sockets, codes, shown };
}

const of = (type: string, more: object = {}) => ({ name: "W", description: "D", endpoint: "w", type, ...more });
const ROWS = '[{"symbol":"AAPL","price":1}]';

describe("what is sent at first (contract 3.0, 4.2)", () => {
  const params = [
    { paramName: "zero", type: "number", value: 0 },
    { paramName: "no", type: "boolean", value: false },
    { paramName: "yes", type: "boolean", value: true },
    { paramName: "empty", type: "text", value: "" },
    { paramName: "symbol", type: "ticker", value: "MSFT" },
    { paramName: "five", type: "number", value: "5abc" },
    { paramName: "many", type: "endpoint", optionsEndpoint: "o", multiSelect: true, value: ["b", "a c"] },
    [{ paramName: "hidden", type: "text", value: "h", show: false }],
  ];

  it("leaves out falsy defaults, takes the dashboard's ticker, and joins lists by commas", () => {
    const values = initialValues({ params });
    expect(withValues("w", values)).toBe("w?yes=true&symbol=AAPL&five=5&many=b%2Ca+c&hidden=h");
  });

  it("prefers what is stored, and the widget's own ticker of its own kind", () => {
    const data = { mainTicker: { id: "BTC", symbol: "BTC", category: "crypto" } };
    const values = initialValues({ params, storage: { params: { five: 7 } }, data, category: "Crypto" });
    expect([values.get("five"), values.get("symbol")]).toEqual([7, "BTC"]);
    expect(initialValues({ params, data, category: "Equity" }).get("symbol")).toBe("AAPL");
  });

  it("fills in what stands in braces, as it is, and sends nothing beside a question mark", () => {
    const values = new Map<string, unknown>([
      ["symbol", "BRK/B"],
      ["limit", 5],
    ]);
    expect(withValues("prices/{symbol}", values)).toBe("prices/BRK/B?limit=5");
    expect(withValues("prices?x={symbol}", values)).toBe("prices?x=BRK/B");
    expect(withValues("prices/{other}", values)).toBe("prices/{other}?symbol=BRK%2FB&limit=5");
  });

  it("resolves dates as the client does (4.4)", () => {
    // A Monday.
    const now = new Date(2026, 4, 4, 12);
    const dates = {
      "": "2026-05-04",
      "-1d": "2026-05-03",
      "+1w": "2026-05-11",
      "-1M": "2026-04-04",
      "-1m": "2026-04-04",
    };
    for (const [step, day] of Object.entries({
      ...dates,
      "-1Q": "2026-02-04",
      "-1y": "2025-05-04",
      "-1b": "2026-05-01",
      "-6b": "2026-04-24",
    })) {
      expect(sentDate(`$currentDate${step}`, now), step).toBe(day);
    }
    expect(sentDate("$currentDate-1W", now)).toBe("2026-05-04");
    expect(sentDate("Jan 5, 2024", now)).toBe("Jan 5, 2024");
    expect(sentDate("soon", now)).toBe("2026-05-04");
    expect(sentDate("$currentDate-1M", new Date(2026, 4, 31))).toBe("2026-04-30");
  });

  it("tries each option of each parameter, in turns, and no more than it may", () => {
    const options = ["a", "b", "c"].map((value) => ({ label: value, value }));
    const definition = {
      params: [
        { paramName: "one", type: "text", value: "a", options },
        { paramName: "two", type: "boolean" },
      ],
    };
    const whats = (most: number) =>
      trialsOf(definition, initialValues(definition), new Map(), most).map(({ what }) => what);
    expect(whats(20)).toEqual(["`one` = b", "`two` = true", "`one` = c", "`two` = false"]);
    expect(whats(3)).toHaveLength(3);
  });

  it("tries some of what an options endpoint offers, save for the default", () => {
    const definition = { params: [{ paramName: "symbol", type: "endpoint", optionsEndpoint: "symbols", value: "A" }] };
    const offered = new Map([["symbol", ["A", "B", "C", "D", "E", "F", "G", "H"]]]);
    const trials = trialsOf(definition, initialValues(definition), offered, 20);
    expect(trials.map(({ values }) => values.get("symbol")).join("")).toBe("BCDEF");
    expect(trials[0]?.path).toEqual(["params", 0, "optionsEndpoint"]);
  });

  it("sends constants and current values for options (4.5), and untouched inputs for a form (4.7)", () => {
    const values = new Map([["country", "US"]]);
    const sent = optionsQuery({ kind: "stock", country: "$country", city: "$city" }, values);
    expect(withValues("symbols", sent)).toBe("symbols?kind=stock&country=US");
    const inputParams = [
      { paramName: "n", type: "number", value: 5 },
      { paramName: "b", type: "boolean", value: true },
      { paramName: "e", type: "endpoint", value: "x" },
      { paramName: "t", type: "text" },
      { paramName: "m", type: "text", multiSelect: true },
      { paramName: "save", type: "button", value: "s" },
      { paramName: "drop", type: "button", value: "d" },
    ];
    expect(formValues(inputParams)).toEqual({ n: "5", b: false, t: "", m: [], save: "s" });
  });
});

describe("the calls of each type (contract 3)", () => {
  it("table: one, with the query credentials", async () => {
    const { caller, calls, shown } = recorder(ROWS);
    await checkWidget("w", of("table"), caller);
    expect(shown()).toEqual(["GET w"]);
    expect(calls[0]).toMatchObject({ credentials: true, widget: "w", path: "/w/endpoint" });
  });

  it("chart: in both themes, and raw", async () => {
    const { caller, shown } = recorder('{"data":[{}]}');
    await checkWidget("w", of("chart", { raw: true }), caller);
    expect(shown()).toEqual(["GET w?theme=dark", "GET w?theme=light", "GET w?theme=dark&raw=true"]);
  });

  it("ssrm_table: the first page, {}, and two orders; parameters in the URL, save `query`", async () => {
    const { caller, calls, codes } = recorder(({ body }) => {
      const falling = JSON.stringify(body).includes("desc");
      const rowData = falling ? [{ n: 2 }, { n: 1 }] : [{ n: 1 }, { n: 2 }];
      return JSON.stringify({ rowData, rowCount: 2 });
    });
    const params = [
      { paramName: "query", type: "text", value: "q" },
      { paramName: "side", type: "text", value: "buy" },
    ];
    await checkWidget("w", of("ssrm_table", { params }), caller);
    expect(calls.map(({ endpoint, method, credentials }) => [endpoint, method, credentials])).toEqual(
      Array(4).fill(["w?side=buy", "POST", undefined]),
    );
    expect(calls.map(({ body }) => body)).toMatchObject([
      { startRow: 0, endRow: 500 },
      {},
      { startRow: 0, filterModel: {}, sortModel: [{ colId: "n", sort: "asc" }] },
      { sortModel: [{ colId: "n", sort: "desc" }] },
    ]);
    expect(calls[1]?.body).toEqual({});
    expect(codes).toEqual([]);
  });

  it("ssrm_advanced: the query in the body; nothing without one", async () => {
    const { caller, calls } = recorder('{"rowData":[{"n":1}],"rowCount":1}');
    const params = [{ paramName: "query", type: "text", language: "sql", value: "SELECT 1" }];
    await checkWidget("w", of("ssrm_advanced", { params }), caller);
    expect(calls.map(({ body }) => body)).toEqual([
      { query: "SELECT 1", startRow: 0, endRow: 500 },
      { query: "SELECT 1", disableCache: false },
    ]);
    const silent = recorder("{}");
    await checkWidget("w", of("ssrm_advanced", { params: [{ paramName: "query", type: "text" }] }), silent.caller);
    expect(silent.calls).toEqual([]);
  });

  it("live_grid: the rows, then the socket, which gets the parameters as they are", async () => {
    const { caller, sockets, shown, codes } = recorder(ROWS);
    const data = { wsRowIdColumn: "symbol", table: { columnsDefs: [{ field: "price", headerName: "P" }] } };
    const params = [{ paramName: "symbols", type: "endpoint", optionsEndpoint: "o", value: ["AAPL"], show: false }];
    await checkWidget("w", of("live_grid", { wsEndpoint: "ws", data, params }), caller);
    expect(shown()).toEqual(["GET w?symbols=AAPL"]);
    expect(sockets).toEqual([{ endpoint: "ws", hello: { type: "params", params: { symbols: ["AAPL"] } } }]);
    expect(codes).toEqual([]);
    const legacy = recorder(ROWS);
    await checkWidget(
      "w",
      { ...of(""), type: undefined, defaultViz: "live_grid", wsEndpoint: "ws", data },
      legacy.caller,
    );
    expect(legacy.sockets).toEqual([]);
  });

  it("omni: the prompt, and true and false as booleans", async () => {
    const { caller, calls } = recorder("{}");
    const params = [
      { paramName: "deep", type: "text", value: "true" },
      { paramName: "fast", type: "text", value: "false" },
    ];
    await checkWidget("w", of("omni", { params }), caller);
    expect(calls[0]).toMatchObject({
      method: "POST",
      endpoint: "w",
      credentials: true,
      body: { prompt: "test validation query", deep: true, fast: false },
    });
  });

  it("pdf: without headers and credentials, as its linked files are", async () => {
    const { caller, calls } = recorder('{"data_format":{"data_type":"pdf"},"url":"https://files.example.com/a.pdf"}');
    await checkWidget("w", of("pdf"), caller);
    expect(calls.map(({ endpoint, bare, credentials }) => [endpoint, bare, credentials])).toEqual([
      ["w", true, undefined],
      ["https://files.example.com/a.pdf", true, undefined],
    ]);
  });

  it("multi_file_viewer: all other parameters for the list, and only the files in the body, in order", async () => {
    const { caller, calls } = recorder(({ method }) =>
      method === "POST" ? "[]" : '[{"label":"B","value":"b"},{"label":"A","value":"a"}]',
    );
    const params = [
      { paramName: "year", type: "text", value: "2026" },
      { paramName: "files", type: "endpoint", optionsEndpoint: "list", roles: ["fileSelector"], value: ["b"] },
    ];
    await checkWidget("w", of("multi_file_viewer", { params }), caller);
    expect(calls[0]?.endpoint).toBe("list?year=2026");
    expect(calls[1]).toMatchObject({ endpoint: "w", method: "POST", body: { files: ["a", "b"] } });
  });

  it("file_viewer: the path of the whole URL is replaced for a file", async () => {
    const { caller, shown } = recorder(({ endpoint }) =>
      endpoint === "w" ? '[{"title":"T","link":"a b.html"}]' : '"text"',
    );
    await checkWidget("w", of("file_viewer", { fileEndpoint: "/file" }), caller);
    expect(shown()).toEqual(["GET w", "GET http://localhost:7779/file?path=a+b.html"]);
  });

  it("iframe: a navigation, with parameters and theme", async () => {
    const { caller, calls } = recorder("<p>", { "content-type": "text/html" });
    await checkWidget("w", of("iframe"), caller);
    expect(calls.map(({ endpoint }) => endpoint)).toEqual(["w?theme=dark", "w?theme=light"]);
    expect(calls[0]).toMatchObject({ navigation: true, bare: true });
  });

  it("note: none", async () => {
    const { caller, calls } = recorder("");
    for (const type of ["note", "rich_note"]) await checkWidget("w", of(type), caller);
    expect(calls).toEqual([]);
  });

  it("options: once for all widgets that share them, without credentials, and never for a hidden parameter", async () => {
    const { caller, calls } = recorder(({ endpoint }) => (endpoint === "o" ? '["a"]' : ROWS));
    const params = [
      { paramName: "x", type: "endpoint", optionsEndpoint: "o" },
      { paramName: "y", type: "endpoint", optionsEndpoint: "hidden", show: false },
    ];
    await checkWidget("w", of("table", { params }), caller);
    await checkWidget("v", of("table", { params }), caller);
    const asked = calls.filter(({ endpoint }) => !endpoint.startsWith("w"));
    expect(asked).toHaveLength(1);
    expect(asked[0]?.credentials).toBeUndefined();
    expect(calls.map(({ endpoint }) => endpoint)).toEqual(["o", "w", "w?x=a", "w", "w?x=a"]);
  });

  it("forms: only when they are asked for", async () => {
    const params = [
      { type: "form", endpoint: "f", method: "PUT", inputParams: [{ paramName: "a", type: "text", value: "b" }] },
    ];
    const { caller, shown } = recorder(ROWS);
    await checkWidget("w", of("table", { params }), caller);
    expect(shown()).toEqual(["GET w"]);
    await checkWidget("w", of("table", { params }), caller, { forms: true });
    expect(shown()).toEqual(["GET w", "GET w", "PUT f"]);
  });
});

describe("advanced charting (contract 3.18)", () => {
  const asked = async (config: object) => {
    const symbol = { name: "AAPL", session: "0930-1600", timezone: "America/New_York", symbol: "AAPL" };
    const bars = { s: "ok", t: [1], o: [1], h: [1], l: [1], c: [1], v: [1] };
    const bodies = { config, symbols: symbol, search: [symbol], history: bars };
    const told = recorder(({ endpoint }) => {
      const path = /\/(\w+)(\?|$)/.exec(endpoint)?.[1] as keyof typeof bodies;
      return JSON.stringify(bodies[path]);
    });
    await checkWidget("w", of("advanced_charting", { endpoint: "udf", data: { defaultSymbol: "AAPL" } }), told.caller);
    expect(told.codes).toEqual([]);
    return told.shown().map((call) => call.replace("GET udf/", ""));
  };

  it("asks for no more minutes than the chart shows at first", async () => {
    const calls = await asked({ supports_search: true, supported_resolutions: ["1", "1D"] });
    const days = calls.flatMap((call) => {
      const [, from, to] = /^history.*from=(\d+)&to=(\d+)/.exec(call) ?? [];
      return from === undefined ? [] : [(Number(to) - Number(from)) / 86_400];
    });
    expect(days).toEqual([7, 400]);
  });

  it("asks for no single symbol where all come at once", async () => {
    const calls = await asked({ supports_search: true, supports_group_request: true, supported_resolutions: ["1D"] });
    expect(calls).toEqual(["config"]);
  });
});
