import { type Handler, json, type Row, Rows, type WidgetId, type WidgetModule } from "./widget.js";

/** A table: the handler answers with rows. Their columns are described in widgets.json, `data.table.columnsDefs`. */
export function table<Id extends WidgetId<"table">>(id: Id, handler: Handler<Id, Row[]>): WidgetModule {
  return { id, type: "table", handler, answer: Rows, encode: json };
}
