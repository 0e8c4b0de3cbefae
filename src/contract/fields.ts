/** Kinds of value that many keys have: one schema for all of them loads faster than a new one for each. */
import * as z from "zod/mini";

/** May be left out. */
export const text = z.optional(z.string());
export const number = z.optional(z.number());
export const flag = z.optional(z.boolean());
export const texts = z.optional(z.array(z.string()));
export const anyObject = z.optional(z.record(z.string(), z.unknown()));

/** May be left out or null. */
export const textOrNull = z.nullish(z.string());
export const numberOrNull = z.nullish(z.number());
export const flagOrNull = z.nullish(z.boolean());
