import { definer, json, type Row, Rows } from "./widget.js";

/** A table: the handler answers with rows. Their columns are described in widgets.json, `data.table.columnsDefs`. */
export const table = definer<"table", Row[]>({ type: "table", answer: Rows, encode: json });
