import * as z from "zod";
import { jsonText, type SettingsOf, type WidgetId, type WidgetModule } from "./widget.js";

/**
 * A note, which people go on writing in Workspace. What it says at first is `storage.html` of its entry in
 * widgets.json, in Markdown: Workspace copies it when the widget is placed. It asks for an `endpoint` too, and whether
 * it ever calls that is not known; it would get the same text.
 */
export function note<Id extends WidgetId<"note">>(id: Id, ...[settings]: SettingsOf<Id>): WidgetModule {
  const { cache, ...rest }: Pick<WidgetModule, "options" | "submit"> & { cache?: number } = settings ?? {};
  return {
    id,
    type: "note",
    answer: z.string(),
    endpoints: ({ path, definition, parse }) => [
      {
        method: "GET",
        path,
        parse: ({ query }) => parse(query),
        handle: () => noteText(definition),
        encode: jsonText,
        cache,
      },
    ],
    ...rest,
  };
}

/** Workspace takes `storage.html`, else `data.html`. */
function noteText(definition: Record<string, unknown>): string {
  for (const place of [definition.storage, definition.data]) {
    if (typeof place !== "object" || place === null || !("html" in place)) continue;
    if (typeof place.html === "string" && place.html !== "") return place.html;
  }
  return "";
}
