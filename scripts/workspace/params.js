// What Workspace makes of the parameters of a widget when it is placed (contract 3.0, 4.2 and 4.4).
const DAY_MS = 864e5;
const THEMED = ["chart", "chart-highcharts", "chart-vegalite", "markdown", "html", "iframe"];

/** The current values at first: falsy defaults are null, dates are days, a ticker is the dashboard's. */
export function initialValues({ params = [] }) {
  const values = {};
  for (const { paramName, value, type } of params.flat()) {
    if (type === "form" || paramName === undefined) continue;
    const current = type === "ticker" ? "AAPL" : value;
    if (!current) continue;
    values[paramName] = String(current).startsWith("$currentDate") ? day(-60) : current;
  }
  return values;
}

/** A query with arrays joined by commas. */
export function toQuery(values) {
  return new URLSearchParams(Object.entries(values).map(([name, value]) => [name, [value].flat().join(",")]));
}

/** An endpoint with its query; parameters that stand in its path leave the query, raw (contract 2). */
export function withQuery(endpoint, values) {
  if (endpoint.includes("?")) return endpoint;
  const left = { ...values };
  const path = endpoint.replace(/\{([^{}/]+)\}/g, (_, name) => {
    const value = left[name];
    delete left[name];
    return String(value);
  });
  const query = String(toQuery(left));
  return query === "" ? path : `${path}?${query}`;
}

/** The values to try: both themes, and the raw numbers, where the type has them. */
export function trials(definition) {
  const values = initialValues(definition);
  if (!THEMED.includes(definition.type)) return definition.raw ? [values, { ...values, raw: true }] : [values];
  const themed = ["dark", "light"].map((theme) => ({ ...values, theme }));
  return definition.raw ? [...themed, { ...values, theme: "dark", raw: true }] : themed;
}

/** What a form sends when its button is pressed and nothing was changed (contract 4.7). */
export function formValues({ inputParams = [] }) {
  return Object.fromEntries(
    inputParams.flatMap(({ paramName, type, value, multiSelect }) => {
      if (type === "endpoint") return [];
      if (type === "boolean") return [[paramName, false]];
      if (multiSelect) return [[paramName, []]];
      return [[paramName, type === "number" && value !== undefined ? String(value) : (value ?? "")]];
    }),
  );
}

function day(days) {
  return new Date(Date.now() + days * DAY_MS).toISOString().slice(0, 10);
}
