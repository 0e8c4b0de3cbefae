import type { AnyWidget } from "../../catalog/index.js";
import { validateWidgets } from "../../contract/index.js";

/** Whether Workspace can put a widget on a dashboard: a single one that it cannot keeps the whole dashboard away. */
export function isPlaceable({ id, definition }: AnyWidget): boolean {
  return !validateWidgets({ [id]: definition }).some(({ code }) => code === "cannot-place");
}
