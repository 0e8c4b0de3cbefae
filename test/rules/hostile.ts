import fc from "fast-check";

const KEYS = [
  ..."tabs layout groups widgetIds paramName defaultValue state params paramOrder prompts i x y w h minW name id".split(
    " ",
  ),
  ..."type options optionsEndpoint value data table columnsDefs renderFn renderFnParams groupBy".split(" "),
  ..."endpoints query features selected_agent mcp_servers url endpoint description".split(" "),
  ...["__proto__", "constructor", "toString", "", "a", "b"],
];
const VALUES = [
  ...["a", "b", "param", "endpointParam", "ticker", "endpoint", "groupBy", "cellOnClick", "iframe", "@[id:a] @[id:"],
  ...["advanced_charting", "http://[", "navigation_bar", "select", "$currentDate-1X"],
];

const { json } = fc.letrec((tie) => ({
  json: fc.oneof(
    { maxDepth: 7 },
    fc.constantFrom(...VALUES),
    fc.constantFrom(null, true, false, 0, -1, 1.5, 1e308, 40, ""),
    fc.string(),
    fc.array(tie("json"), { maxLength: 4 }),
    fc.dictionary(fc.constantFrom(...KEYS), tie("json"), { maxKeys: 6 }),
  ),
}));

/** JSON with the keys that the rules look at, as it comes from a file: `__proto__` is a key like any other. */
export const hostileJson = json.map((value): unknown => JSON.parse(JSON.stringify(value)));

const nameOf = fc.constantFrom("a", "b", "c", "__proto__");
const orOdd = (good: fc.Arbitrary<unknown>) => fc.oneof({ weight: 6, arbitrary: good }, hostileJson);
const cell = orOdd(fc.integer({ min: -1, max: 45 }));
const item = fc.record(
  {
    i: orOdd(nameOf),
    x: cell,
    y: cell,
    w: cell,
    h: cell,
    groups: orOdd(fc.array(nameOf)),
    state: orOdd(fc.record({ params: fc.dictionary(nameOf, hostileJson) })),
  },
  { requiredKeys: ["i", "x", "y", "w", "h"] },
);
const tab = fc.record({ id: orOdd(nameOf), name: orOdd(nameOf), layout: orOdd(fc.array(orOdd(item))) });
const group = fc.record(
  {
    name: nameOf,
    type: orOdd(fc.constantFrom("param", "endpointParam", "ticker")),
    paramName: orOdd(nameOf),
    widgetIds: orOdd(fc.array(nameOf)),
    defaultValue: hostileJson,
  },
  { requiredKeys: ["name", "type"] },
);

/** Apps that are nearly right, so that the rules get far. */
export const hostileApps = fc
  .array(
    fc.record({
      name: nameOf,
      tabs: orOdd(fc.dictionary(nameOf, orOdd(tab))),
      groups: orOdd(fc.array(orOdd(group))),
      prompts: orOdd(fc.array(fc.string())),
    }),
    { maxLength: 3 },
  )
  .map((value): unknown => JSON.parse(JSON.stringify(value)));

const param = fc.record({
  paramName: orOdd(nameOf),
  type: orOdd(fc.constantFrom("text", "endpoint", "ticker")),
  optionsEndpoint: orOdd(nameOf),
  options: hostileJson,
});

/** Widgets that are nearly right. */
export const hostileWidgets = fc
  .dictionary(
    nameOf,
    orOdd(
      fc.record({
        name: nameOf,
        description: nameOf,
        endpoint: orOdd(nameOf),
        type: orOdd(fc.constantFrom("table", "iframe", "omni")),
        params: orOdd(fc.array(orOdd(param))),
      }),
    ),
  )
  .map((value): unknown => JSON.parse(JSON.stringify(value)));
