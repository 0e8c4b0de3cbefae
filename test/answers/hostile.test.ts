import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  judgeFileList,
  judgeFiles,
  judgeFileText,
  judgeLinked,
  judgeOrder,
  judgePdf,
} from "../../src/contract/answers/files.js";
import { judgeFrame } from "../../src/contract/answers/frame.js";
import { judgeAnswer, type Reply } from "../../src/contract/answers/index.js";
import { judgeSocket } from "../../src/contract/answers/live.js";
import { judgeOmni } from "../../src/contract/answers/omni.js";
import { judgeForm, judgeOptions } from "../../src/contract/answers/options.js";
import { judgeFirstPage, judgeSorting, judgeUnbounded } from "../../src/contract/answers/server-side.js";
import { judgeConfig, judgeHistory, judgeSearch, judgeSymbol, judgeTime } from "../../src/contract/answers/udf.js";
import { WIDGET_TYPES } from "../../src/contract/constants.js";
import type { Finding } from "../../src/contract/findings.js";
import { RULES } from "../../src/contract/rules/index.js";
import type { Caller } from "../../src/live/types.js";
import { checkWidget } from "../../src/live/widgets/index.js";

/** Keys that mean something somewhere, and keys that JavaScript itself uses. */
const KEY = fc.constantFrom(
  ...[
    "data",
    "dataKey",
    "results",
    "rowData",
    "rowCount",
    "error",
    "error_type",
    "content",
    "data_format",
    "data_type",
  ],
  ...[
    "parse_as",
    "label",
    "value",
    "title",
    "date",
    "link",
    "table",
    "columnsDefs",
    "field",
    "formatterFn",
    "sparkline",
  ],
  ...["renderFnParams", "params", "paramName", "type", "options", "optionsEndpoint", "optionsParams", "inputParams"],
  ...["roles", "endpoint", "storage", "s", "t", "c", "supported_resolutions", "supports_search", "userOptions", "url"],
  ...["wsRowIdColumn", "wsRowIdColumns", "wsEndpoint", "fileEndpoint", "mark", "toString", "__proto__", "constructor"],
);
const LEAF = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    true,
    false,
    0,
    1,
    -0.5,
    1e300,
    1769644800000,
    "",
    "AAPL",
    "a.b[0]",
    "{x}/{y}",
    "$symbol",
  ),
  fc.constantFrom<unknown>(
    "table",
    "pdf",
    "object",
    "endpoint",
    "form",
    "fileSelector",
    "percent",
    "normalizedPercent",
    "ok",
  ),
  fc.string(),
);
const JSON_VALUE = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 5, withCrossShrink: true },
    LEAF,
    fc.array(tie("value"), { maxLength: 6 }),
    fc.array(fc.tuple(KEY, tie("value")), { maxLength: 8 }).map((entries) => {
      // As JSON.parse does: "__proto__" becomes a key like any other.
      return JSON.parse(
        `{${entries.map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`).join(",")}}`,
      );
    }),
  ),
})).value;

const reply = (text: string, changes: Partial<Reply> = {}): Reply => ({
  status: 200,
  headers: { "content-type": "application/json" },
  text,
  bytes: new TextEncoder().encode(text),
  ...changes,
});

const REPLY = fc
  .tuple(
    fc.oneof(
      JSON_VALUE.map((value) => JSON.stringify(value)),
      fc.string(),
    ),
    fc.constantFrom(200, 200, 200, 204, 301, 400, 404, 405, 422, 500),
    fc.constantFrom("application/json", "application/pdf", "text/html", "", "application/json; charset=utf-8"),
  )
  .map(([text, status, type]) => reply(text, { status, headers: { "content-type": type, "x-frame-options": text } }));

const DEFINITION = fc
  .tuple(JSON_VALUE, fc.constantFrom(...WIDGET_TYPES, "constructor", "__proto__"))
  .map(([value, type]) => ({
    ...(typeof value === "object" && value !== null && !Array.isArray(value) ? value : {}),
    type,
  }));

const CODES = new Set(RULES.map(({ code }) => code));

function expectSound(findings: readonly Finding[]): void {
  for (const { code, path, message, hint } of findings) {
    expect(CODES.has(code), code).toBe(true);
    expect(path).toMatch(/^\/w\//);
    expect(message).not.toMatch(/undefined|\[object/);
    expect(hint).toBeTruthy();
  }
}

describe("whatever a backend sends", () => {
  it("is judged without an exception", () => {
    fc.assert(
      fc.property(DEFINITION, REPLY, REPLY, (definition, one, other) => {
        const widget = { id: "w", definition };
        const body = (() => {
          try {
            return JSON.parse(one.text) as unknown;
          } catch {
            return null;
          }
        })();
        const { page, findings } = judgeFirstPage(widget, one);
        expectSound([
          ...findings,
          ...judgeAnswer(widget, one),
          ...judgeAnswer(widget, one, { raw: true, unsent: ["a"] }),
          ...judgeUnbounded(widget, one),
          ...judgeSorting(widget, "field", page ?? { rows: [], rowCount: body }, one, other),
          ...judgePdf(widget, one).findings,
          ...judgeFiles(widget, one, ["a", "b"]).findings,
          ...judgeOrder(widget, one, other),
          ...judgeLinked(widget, one, "https://example.com/a.pdf"),
          ...judgeFileList(widget, body).findings,
          ...judgeFileText(widget, one, "a"),
          ...judgeFrame(widget, one, one.text),
          ...judgeSocket(widget, { opened: true, messages: [one.text, other.text] }, page?.rows ?? [{ field: 1 }]),
          ...judgeSocket(widget, { opened: false, messages: [] }, []),
          ...judgeOmni(widget, body),
          ...judgeOptions(widget, one, { path: ["params", 0], name: "a", value: body }).findings,
          ...judgeOptions(widget, one, { path: [], name: "a", selector: true, rowData: true }).findings,
          ...judgeForm(widget, one, ["params", 0]),
          ...judgeConfig(widget, one).findings,
          ...judgeSymbol(widget, one, "AAPL"),
          ...judgeSearch(widget, one, "AAPL"),
          ...judgeHistory(widget, one, "1D"),
          ...judgeTime(widget, one),
        ]);
      }),
      { numRuns: 2000 },
    );
  });

  it("nests as deep as it likes", () => {
    const deep = `${"[".repeat(20_000)}${"]".repeat(20_000)}`;
    for (const type of WIDGET_TYPES) {
      expectSound(judgeAnswer({ id: "w", definition: { type } }, reply(deep)));
      expectSound(judgeAnswer({ id: "w", definition: { type } }, reply(`[{"a":${deep}}]`)));
      expectSound(judgeAnswer({ id: "w", definition: { type } }, reply(`{"detail":${deep}}`, { status: 500 })));
    }
    expectSound(
      judgeOptions({ id: "w", definition: {} }, reply(`[{"label":${deep},"value":${deep}}]`), {
        path: [],
        name: "a",
        value: 1,
      }).findings,
    );
  });

  it("and whatever a definition says, a widget is checked with a bounded number of calls", async () => {
    await fc.assert(
      fc.asyncProperty(DEFINITION, fc.array(REPLY, { minLength: 1, maxLength: 5 }), async (definition, replies) => {
        let calls = 0;
        const caller: Caller = {
          connection: { url: "http://localhost:1", headers: {}, query: {} },
          // Cancelled, so that nobody waits before a second try.
          signal: AbortSignal.abort(),
          call: async (request) => {
            calls += 1;
            expect(typeof request.endpoint).toBe("string");
            const answer = replies[calls % replies.length] as Reply;
            return { ...answer, call: "GET /", url: "http://localhost:1/", ms: 1 };
          },
          socket: async () => ({ call: "WS /", opened: true, messages: ["{}"] }),
          report: (finding) => expectSound([finding]),
        };
        await checkWidget("w", { endpoint: "x", ...definition }, caller, { forms: true });
        expect(calls).toBeLessThan(130);
      }),
      { numRuns: 500 },
    );
  });
});
