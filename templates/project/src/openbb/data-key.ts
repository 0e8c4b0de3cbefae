/** The widget types that Workspace looks for their data at `data.dataKey` of the answer. */
const KEYED = new Set(["table", "chart", "metric", "markdown", "newsfeed"]);

/** Where in its answer Workspace looks for the data of a widget; empty where the answer is the data. */
export function dataPath(type: string, definition: Record<string, unknown>): string[] {
  const { dataKey } = (definition.data ?? {}) as { dataKey?: unknown };
  if (!KEYED.has(type) || typeof dataKey !== "string") return [];
  return dataKey.split(/[.[\]]+/).filter((part) => part !== "");
}

/** Puts data where Workspace looks for it. The rows behind a chart are taken as they come. */
export function wrapData(type: string, path: string[], data: unknown): unknown {
  if (type === "chart" && Array.isArray(data)) return data;
  return path.reduceRight<unknown>((inner, key) => Object.fromEntries([[key, inner]]), data);
}

/** Finds the data in an answer, as Workspace does. */
export function unwrapData(path: string[], answer: unknown): unknown {
  return path.reduce<unknown>((outer, key) => (outer as Record<string, unknown> | undefined)?.[key], answer);
}
