import type { Example, Exchange } from "../rule.js";

/** What the examples of rules about connecting have in common: one table. */
export const PRICES = { name: "Prices", description: "The last close of each symbol.", endpoint: "prices" };
export const WIDGETS = { prices: PRICES };
export const ROWS = [{ symbol: "AAPL", price: 190.5 }];
export const KEY = { "X-API-KEY": "a-key-of-yours" };
export const NO_ORIGIN = { "access-control-allow-origin": null };

/** A backend with that table, and how it behaves. */
export function backend(live: Exchange = {}): Example {
  return { widgets: WIDGETS, live };
}
