/** What a grid's request means, written as plainly as possible: the sources are held against it. */
export type Cell = string | number | boolean | null;
export type TableRow = Record<string, Cell>;
export type Types = Record<string, "text" | "number" | "boolean" | "date">;

// biome-ignore lint/suspicious/noExplicitAny: the request as the grid sends it
type Body = any;

export function reference(rows: TableRow[], types: Types, body: Body): { rowData: TableRow[]; rowCount: number } {
  const groupBy: string[] = (body.rowGroupCols ?? []).map((column: Body) => column.field);
  const keys: Cell[] = body.groupKeys ?? [];
  const shown = (row: TableRow, column: string): Cell => {
    const value = row[column] as Cell;
    return types[column] === "date" && value !== null ? String(value).slice(0, 10) : value;
  };
  const matching = rows.filter(
    (row) =>
      Object.entries(body.filterModel ?? {}).every(([column, model]) =>
        holds(shown(row, column), model, types[column]!),
      ) &&
      keys.every((key, index) => {
        const value = shown(row, groupBy[index]!);
        return key === null ? value === null : value !== null && String(value) === String(key);
      }),
  );

  let all: TableRow[] = matching;
  const grouped = groupBy[keys.length];
  if (grouped !== undefined) {
    const groups = new Map<Cell, TableRow[]>();
    for (const row of matching) {
      const value = shown(row, grouped);
      groups.set(value, [...(groups.get(value) ?? []), row]);
    }
    all = [...groups].map(([value, members]) => ({
      ...Object.fromEntries(
        (body.valueCols ?? []).map(({ field, aggFunc }: Body) => [field, aggregate(aggFunc, members, field)]),
      ),
      ...("childCount" in types ? {} : { childCount: members.length }),
      [grouped]: value,
    }));
    all.sort((a, b) => order(a[grouped]!, b[grouped]!));
  }
  const sorts: Body[] = (body.sortModel ?? [])
    .map(({ colId, sort }: Body) => ({ colId: colId.startsWith("ag-Grid-AutoColumn") ? grouped : colId, sort }))
    .filter(({ colId }: Body) =>
      grouped === undefined
        ? colId !== undefined
        : colId === grouped || (body.valueCols ?? []).some(({ field }: Body) => field === colId),
    );
  const place = new Map(all.map((row, index) => [row, index]));
  const sorted = [...all].sort((a, b) => {
    for (const { colId, sort } of sorts) {
      const result = order(a[colId]!, b[colId]!);
      if (result !== 0) return sort === "desc" ? -result : result;
    }
    return place.get(a)! - place.get(b)!;
  });
  const start = body.startRow ?? 0;
  return { rowData: sorted.slice(start, body.endRow ?? start + 500), rowCount: sorted.length };
}

function holds(value: Cell, model: Body, type: string): boolean {
  if (model.filterType === "multi") {
    return model.filterModels.every((one: Body) => one === null || holds(value, one, type));
  }
  if (model.operator) {
    const parts = (model.conditions ?? [model.condition1, model.condition2]).map((one: Body) =>
      holds(value, one, type),
    );
    return model.operator === "AND" ? parts.every(Boolean) : parts.some(Boolean);
  }
  if (model.filterType === "set") {
    return model.values.some((one: Cell) =>
      one === null
        ? value === null || value === ""
        : value !== null && String(value) === (type === "date" ? String(one).slice(0, 10) : String(one)),
    );
  }
  const blank = value === null || (type === "text" && String(value).replaceAll(" ", "") === "");
  if (model.type === "blank") return blank;
  if (model.type === "notBlank") return !blank;
  if (model.filterType === "text") {
    if (value === null) return model.type.startsWith("not");
    const [text, wanted] = [lower(String(value)), lower(model.filter)];
    switch (model.type) {
      case "contains":
        return text.includes(wanted);
      case "notContains":
        return !text.includes(wanted);
      case "equals":
        return text === wanted;
      case "notEqual":
        return text !== wanted;
      case "startsWith":
        return text.startsWith(wanted);
      case "endsWith":
        return text.endsWith(wanted);
    }
  }
  if (value === null) return false;
  const [from, to] =
    model.filterType === "date"
      ? [model.dateFrom?.slice(0, 10), model.dateTo?.slice(0, 10)]
      : [model.filter, model.filterTo];
  switch (model.type) {
    case "equals":
      return value === from;
    case "notEqual":
      return value !== from;
    case "lessThan":
      return value < from;
    case "lessThanOrEqual":
      return value <= from;
    case "greaterThan":
      return value > from;
    case "greaterThanOrEqual":
      return value >= from;
    case "inRange":
      return value >= from && value <= to;
  }
  throw new Error(`The reference does not know ${JSON.stringify(model)}.`);
}

function lower(text: string): string {
  return text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}

function aggregate(by: string, rows: TableRow[], field: string): Cell {
  if (by === "count") return rows.length;
  const values = rows.map((row) => row[field] as Cell).filter((value) => value !== null);
  if (values.length === 0) return null;
  if (by === "min" || by === "max") return [...values].sort(order).at(by === "min" ? 0 : -1)!;
  const sum = (values as number[]).reduce((total, value) => total + value, 0);
  return by === "sum" ? sum : sum / values.length;
}

function order(a: Cell, b: Cell): number {
  if (a === b) return 0;
  if (a === null) return -1;
  if (b === null) return 1;
  if (typeof a !== "string" || typeof b !== "string") return Number(a) - Number(b);
  const [left, right] = [[...a], [...b]];
  for (let i = 0; i < Math.min(left.length, right.length); i++) {
    const difference = left[i]!.codePointAt(0)! - right[i]!.codePointAt(0)!;
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}
