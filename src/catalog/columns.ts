import type { ColumnDefinition, WidgetData } from "../contract/types.js";

/** A field of a sample row: its name, and the code of its value, in terms of `index` (the row's) and `next` (random). */
export interface SampleField {
  field: string;
  code: string;
}

/**
 * What a sample row holds where the columns of a widget, or the ids of its rows, are others than those of its type's
 * sample.
 *
 * @param known the columns of the sample
 * @returns undefined when the sample's own rows will do
 */
export function sampleFields(data: WidgetData | undefined, known: ColumnDefinition[]): SampleField[] | undefined {
  const columns = columnsOf(data);
  const ids = [data?.wsRowIdColumns ?? data?.wsRowIdColumn ?? []].flat();
  const isKnown = (field: string) => known.some((column) => column.field === field);
  if (columns.every(({ field }) => isKnown(field)) && ids.every(isKnown)) return undefined;
  const fields = new Map<string, SampleField>();
  for (const id of ids) fields.set(id, { field: id, code: numbered(id) });
  for (const column of columns) {
    const { field, headerName, sparkline } = column;
    if (!fields.has(field)) fields.set(field, { field, code: codeOf(column) ?? numbered(headerName) });
    const source = sparkline?.dataField;
    if (source && source !== field) fields.set(source, { field: source, code: LIST });
  }
  return [...fields.values()];
}

/** The same for rows that are choices of a parameter as well: Workspace reads `label` and `value` of those. */
export function choiceFields(data: WidgetData | undefined, known: ColumnDefinition[]): SampleField[] {
  const columns = columnsOf(data);
  const table = { columnsDefs: columns.length > 0 ? columns : known };
  const fields = (sampleFields({ ...data, table }, []) ?? []).filter(({ field }) => !/^(label|value)$/i.test(field));
  return [{ field: "label", code: numbered("Choice") }, { field: "value", code: numbered("Choice") }, ...fields];
}

function columnsOf(data: WidgetData | undefined): ColumnDefinition[] {
  const columns = data?.table?.columnsDefs;
  return Array.isArray(columns) ? columns : [];
}

const LIST = "Array.from({ length: 20 }, () => Math.round(next() * 100))";
const DATE = "new Date(Date.now() - index * 86_400_000).toISOString().slice(0, 10)";

/** The code of a value that suits the column's type and format; undefined for a text. */
function codeOf({ field, headerName, cellDataType, formatterFn, sparkline }: ColumnDefinition): string | undefined {
  if (sparkline) return sparkline.dataField && sparkline.dataField !== field ? undefined : LIST;
  switch (cellDataType) {
    case "boolean":
      return "next() > 0.5";
    case "date":
    case "dateString":
      return DATE;
    case "object":
      return `{ label: ${numbered(headerName)} }`;
    case "text":
      return undefined;
  }
  if (formatterFn === "dateToYear") return DATE;
  if (formatterFn === "normalizedPercent" || formatterFn === "normalized") {
    return "Math.round((next() - 0.5) * 1000) / 10_000";
  }
  if (cellDataType === "number" || (formatterFn !== undefined && formatterFn !== null)) {
    return "Math.round(next() * 100_000) / 100";
  }
  // Workspace takes a column for one of dates by its name too.
  return /(^|_)(year|date|day)/i.test(field) ? DATE : undefined;
}

/** `"Order " + (index + 1)`: a text of its own for every row. */
function numbered(name: string): string {
  return `${JSON.stringify(`${name} `)} + (index + 1)`;
}
