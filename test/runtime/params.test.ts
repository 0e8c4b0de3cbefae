import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { initialValues, toQuery, withQuery } from "../../scripts/workspace/params.js";
import { paramShapes } from "../../src/typegen/shape.js";
import { resolveDefaultDate } from "../../templates/project/src/openbb/dates.js";
import { HttpError } from "../../templates/project/src/openbb/errors.js";
import { paramsParser } from "../../templates/project/src/openbb/params.js";

/** A parameter, what the user has chosen for it (undefined: nothing was touched), and what the handler must get. */
interface Case {
  param: Record<string, unknown>;
  chosen?: unknown;
  arrives: unknown;
}

const word = fc.stringMatching(/^[A-Za-z][A-Za-z0-9 .&/éß-]{0,12}[a-z]$/);
const words = fc.uniqueArray(word, { minLength: 1, maxLength: 4 });
// No -0, which is no value of JSON.
const number = fc
  .oneof(fc.integer({ min: -1e6, max: 1e6 }), fc.double({ min: -1e6, max: 1e6, noNaN: true }))
  .map((value) => value + 0);
const day = fc
  .date({ min: new Date("1990-01-01"), max: new Date("2040-12-31"), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const expression = fc.constantFrom("$currentDate", "$currentDate-1M", "$currentDate+2w", "$currentDate-3b");
const option = (value: unknown) => ({ label: String(value), value });

/** Chosen or not: what is sent is the choice, else the default. */
function either<T>(values: fc.Arbitrary<T>, make: (preset: T, chosen: T | undefined) => Case): fc.Arbitrary<Case> {
  return fc.tuple(values, fc.option(values, { nil: undefined })).map(([preset, chosen]) => make(preset, chosen));
}

/** Every kind of contract 4.1 that reaches a widget's endpoint, with what Workspace does to its values (4.2, 4.4). */
const KINDS: Record<string, fc.Arbitrary<Case>> = {
  "a text": either(word, (value, chosen) => ({ param: { type: "text", value }, chosen, arrives: chosen ?? value })),
  "a text without a default": fc.constant({ param: { type: "text" }, arrives: undefined }),
  "an empty text": fc.constant({ param: { type: "text", value: "" }, arrives: "" }),
  "a text with an editor": either(word, (value, chosen) => ({
    param: { type: "text", language: "sql", value },
    chosen,
    arrives: chosen ?? value,
  })),
  "one of a list": words.chain((all) =>
    either(fc.constantFrom(...all), (value, chosen) => ({
      param: { type: "text", value, options: all.map(option) },
      chosen,
      arrives: chosen ?? value,
    })),
  ),
  "several of a list": words.chain((all) =>
    either(fc.subarray(all, { minLength: 1 }), (value, chosen) => ({
      param: { type: "text", multiSelect: true, value: value.join(","), options: all.map(option) },
      chosen,
      arrives: chosen ?? value,
    })),
  ),
  "free entries": either(words, (value, chosen) => ({
    param: { type: "text", multiple: true, value: value.join(",") },
    chosen,
    arrives: chosen ?? value,
  })),
  // A number that is 0 is never sent: the backend fills it in.
  "a number": either(number, (value, chosen) => ({
    param: { type: "number", value },
    chosen: chosen || undefined,
    arrives: chosen || value,
  })),
  "a number of a list": fc.uniqueArray(number, { minLength: 1, maxLength: 4 }).chain((all) =>
    either(fc.constantFrom(...all), (value, chosen) => ({
      param: { type: "number", value, options: all.map(option) },
      chosen: chosen || undefined,
      arrives: chosen || value,
    })),
  ),
  // A switch sends the texts "true" and "false".
  "a switch": either(fc.boolean(), (value, chosen) => ({
    param: { type: "boolean", value },
    chosen: chosen === undefined ? undefined : String(chosen),
    arrives: chosen ?? value,
  })),
  "a date": either(day, (value, chosen) => ({ param: { type: "date", value }, chosen, arrives: chosen ?? value })),
  "a date that counts from today": fc.tuple(expression, fc.option(day, { nil: undefined })).map(([value, chosen]) => ({
    param: { type: "date", value },
    chosen: chosen ?? resolveDefaultDate(value),
    arrives: chosen ?? resolveDefaultDate(value),
  })),
  // Its default is ignored; the dashboard's symbol, AAPL at first, is sent.
  "a ticker": fc.tuple(word, fc.option(word, { nil: undefined })).map(([value, chosen]) => ({
    param: { type: "ticker", value },
    chosen,
    arrives: chosen ?? "AAPL",
  })),
  tabs: words.chain((all) =>
    either(fc.constantFrom(...all), (value, chosen) => ({
      param: { type: "tabs", value, options: all.map(option) },
      chosen,
      arrives: chosen ?? value,
    })),
  ),
  "choices from the backend": either(word, (value, chosen) => ({
    param: { type: "endpoint", optionsEndpoint: "x", value },
    chosen,
    arrives: chosen ?? value,
  })),
  "several choices from the backend": either(words, (value, chosen) => ({
    param: { type: "endpoint", optionsEndpoint: "x", multiSelect: true, value },
    chosen,
    arrives: chosen ?? value,
  })),
  "a hidden one": either(word, (value) => ({ param: { type: "text", show: false, value }, arrives: value })),
};

/** A widget with some of these, in rows or not, and what is sent when the user has made the choices. */
function widgetOf(cases: Case[], nested: boolean) {
  const params = cases.map(({ param }, at) => ({ paramName: `p${at}`, ...param }));
  const definition = { type: "table", params: nested ? params.map((param) => [param]) : params };
  const values = initialValues(definition) as Record<string, unknown>;
  for (const [at, { chosen }] of cases.entries()) if (chosen !== undefined) values[`p${at}`] = chosen;
  return { definition, values };
}

describe("what Workspace sends arrives as the handler's types say", () => {
  const cases = fc.array(fc.oneof(...Object.values(KINDS)), { minLength: 1, maxLength: 6 });

  for (const [kind, one] of Object.entries(KINDS)) {
    it(`for ${kind}, in a query and in a body`, () => {
      fc.assert(
        fc.property(one, fc.boolean(), (only, nested) => {
          const { definition, values } = widgetOf([only], nested);
          const parse = paramsParser(paramShapes(definition));
          expect(parse(toQuery(values)).p0).toEqual(only.arrives);
          expect(parse(values).p0).toEqual(only.arrives);
        }),
      );
    });
  }

  it("for any of them together", () => {
    fc.assert(
      fc.property(cases, fc.boolean(), (all, nested) => {
        const { definition, values } = widgetOf(all, nested);
        const wanted = Object.fromEntries(all.map(({ arrives }, at) => [`p${at}`, arrives]));
        expect({ ...paramsParser(paramShapes(definition))(toQuery(values)) }).toEqual(wanted);
      }),
    );
  });

  it("and anything else is a 400 that names the parameter, never another error", () => {
    const junk = fc.dictionary(
      fc.constantFrom("p0", "p1", "p2"),
      fc.anything({ withBigInt: false, withDate: false, withMap: false, withSet: false }),
    );
    fc.assert(
      fc.property(cases, junk, (all, body) => {
        const { definition } = widgetOf(all, false);
        try {
          paramsParser(paramShapes(definition))(JSON.parse(JSON.stringify(body)));
        } catch (error) {
          expect(error).toBeInstanceOf(HttpError);
          expect((error as HttpError).status).toBe(400);
          expect((error as HttpError).detail).toMatch(/"p\d"/);
        }
      }),
    );
  });

  it("also where a value stands in the path", () => {
    expect(withQuery("stock/{symbol}/bars", { symbol: "AAPL", limit: 5 })).toBe("stock/AAPL/bars?limit=5");
  });
});
