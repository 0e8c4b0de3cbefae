/** Small files for the examples: what stands in them beside the point is always the same. */

/** The keys that every widget has. */
export const PRICES = { name: "Prices", description: "The last close of each symbol.", endpoint: "prices" };

/** A backend of one widget, with these keys besides. */
export function widget(more: object): { widgets: unknown } {
  return { widgets: { prices: { ...PRICES, ...more } } };
}

/** One widget with these parameters. */
export function params(...list: object[]): { widgets: unknown } {
  return widget({ params: list });
}

/** One table with these columns. */
export function columns(...columnsDefs: object[]): { widgets: unknown } {
  return widget({ data: { table: { columnsDefs } } });
}

/** One table with a column of prices that has these keys besides. */
export function column(more: object): { widgets: unknown } {
  return columns({ field: "price", headerName: "Price", ...more });
}
