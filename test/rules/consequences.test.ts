import { describe, expect, it } from "vitest";
import { validateBackend } from "../../src/contract/rules/index.js";

/** What is said of one widget, without its id. */
function said(widget: object): string[] {
  const ok = { name: "Prices", description: "Last close", endpoint: "prices" };
  return validateBackend({ widgets: { w: { ...ok, ...widget } } }).map(({ code, path }) => `${code} ${path.slice(3)}`);
}

const COLUMN = "data/table/columnsDefs/0";
const col = (more: object) => ({ data: { table: { columnsDefs: [{ field: "a", headerName: "A", ...more }] } } });
const GREEN = { condition: "gt", value: 0, color: "green" };
const CLICK = { actionType: "groupBy", groupBy: { paramName: "symbol" } };
const symbol = { paramName: "symbol", type: "text", value: "AAPL" };
const clickable = (params: unknown) => ({ params, ...col({ renderFn: "cellOnClick", renderFnParams: CLICK }) });
const form = (...inputParams: unknown[]) => ({ params: [{ type: "form", endpoint: "orders", inputParams }] });
const spark = (markers: unknown) =>
  col({ sparkline: { type: "line", options: { customFormatter: "", pointsOfInterest: { maximum: {} }, markers } } });
const live = (table: unknown) => ({
  type: "live_grid",
  wsEndpoint: "live",
  data: { wsRowIdColumn: "symbol", table },
});
const SELECTOR = {
  paramName: "file",
  type: "endpoint",
  optionsEndpoint: "files",
  multiSelect: true,
  value: ["a"],
  roles: ["fileSelector"],
};
const files = (more: object) => ({ type: "multi_file_viewer", params: [{ ...SELECTOR, ...more }] });

describe("what is rejected is one finding, without others that rest on it", () => {
  it.each<[object, string]>([
    // Renderers, of which one may be the one that the parameters need.
    [col({ renderFn: "columnColour", renderFnParams: { colorRules: [GREEN] } }), `unknown-value ${COLUMN}/renderFn`],
    [col({ renderFn: ["hovercard"], renderFnParams: { hoverCard: {} } }), `unknown-value ${COLUMN}/renderFn/0`],
    [{ params: [symbol], ...col({ renderFn: "click", renderFnParams: CLICK }) }, `unknown-value ${COLUMN}/renderFn`],
    [{ params: [symbol], ...col({ renderFn: [0], renderFnParams: CLICK }) }, `unknown-value ${COLUMN}/renderFn/0`],
    // Their parameters.
    [col({ renderFn: "columnColor", renderFnParams: [GREEN] }), `bad-value ${COLUMN}/renderFnParams`],
    [
      col({ renderFn: "columnColor", renderFnParams: { colorRules: GREEN } }),
      `bad-value ${COLUMN}/renderFnParams/colorRules`,
    ],
    [col({ renderFn: "cellOnClick", renderFnParams: "groupBy" }), `bad-value ${COLUMN}/renderFnParams`],
    [
      col({ renderFn: "cellOnClick", renderFnParams: { actionType: "" } }),
      `unknown-value ${COLUMN}/renderFnParams/actionType`,
    ],
    [spark(true), `bad-value ${COLUMN}/sparkline/options/markers`],
    [spark({ enabled: "true" }), `bad-value ${COLUMN}/sparkline/options/markers/enabled`],
    // Parameters, of which one may be the one that is named elsewhere.
    [clickable([{ ...symbol, paramName: undefined }]), "missing-field params/0/paramName"],
    [clickable(["symbol"]), "bad-value params/0"],
    [clickable({ symbol }), "ignored-key params"],
    [{ endpoint: "prices/{symbol}", params: [{ name: "symbol" }] }, "missing-field params/0/paramName"],
    [{ type: "omni", params: ["prompt"] }, "bad-value params/0"],
    [{ params: [{ paramName: 5, type: "text" }] }, "bad-value params/0/paramName"],
    [{ params: [{ paramName: [], type: "text" }] }, "bad-value params/0/paramName"],
    [{ params: [{ paramName: "a", type: "select", optionsEndpoint: "as" }] }, "unknown-param-type params/0/type"],
    [
      { params: [{ paramName: "a", type: "text", multiSelect: true, options: { a: 1 } }] },
      "bad-value params/0/options",
    ],
    [{ params: [{ ...symbol, options: [{ label: "Apple", value: ["AAPL"] }] }] }, "bad-value params/0/options/0/value"],
    // Inputs and columns, of which one may be the one that is needed.
    [form({ paramName: "go", type: "submit" }), "unknown-param-type params/0/inputParams/0/type"],
    [form("go"), "bad-value params/0/inputParams/0"],
    [live([]), "bad-value data/table"],
    [live({ columnsDefs: [{ field: "symbol", headerName: "Symbol" }, "price"] }), "bad-value data/table/columnsDefs/1"],
    // The selector of files.
    [files({ roles: "fileSelector" }), "bad-value params/0/roles"],
    [files({ type: "select" }), "unknown-param-type params/0/type"],
    [files({ paramName: undefined }), "missing-field params/0/paramName"],
    [files({ value: 0 }), "default-not-sent params/0/value"],
    // Times.
    [{ runButton: true, staleTime: 5 }, "cannot-place staleTime"],
    [{ dataUpdateDisplay: [] }, "bad-value dataUpdateDisplay"],
  ])("%j: %s", (widget, expected) => {
    expect(said(JSON.parse(JSON.stringify(widget)))).toEqual([expected]);
  });

  it("a click that another renderer covers", () => {
    const widget = col({ renderFn: "hoverCard, cellOnClick", renderFnParams: CLICK });
    expect(said(widget)).toEqual([`renderers-clash ${COLUMN}/renderFn`]);
  });
});

it("names the file selector that is of another type, and not one to add", () => {
  const widget = files({ type: "text", optionsEndpoint: undefined, multiSelect: undefined });
  const [finding, ...rest] = validateBackend({
    widgets: { w: { name: "Files", description: "Files", endpoint: "files", ...widget } },
  });
  expect(rest).toEqual([]);
  expect(finding).toMatchObject({ code: "bad-value", severity: "error", path: "/w/params/0/type" });
  expect(finding?.hint).toContain('"type": "endpoint"');
});
