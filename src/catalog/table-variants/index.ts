import type { Variant } from "../types.js";
import { columns } from "./columns.js";
import { orders } from "./orders.js";
import { parameters } from "./parameters.js";
import { screener } from "./screener.js";

/** The other samples of a table. Their handlers know just these parameters, so nothing is asked of the widget. */
export const TABLE_VARIANTS: Record<string, Variant> = Object.fromEntries(
  Object.entries({ screener, orders, parameters, columns }).map(([name, variant]) => [
    name,
    { ...variant, handler: () => ({}) },
  ]),
);
