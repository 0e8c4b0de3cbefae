import * as z from "zod";
import { HttpError } from "./errors.js";
import type { Widgets } from "./params.gen.js";
import { endpointPath } from "./typegen/paths.js";
import { type Context, json, jsonText, type SettingsOf, type WidgetId, type WidgetModule } from "./widget.js";

/** One line of the list. What it has beside these keys is printed below the title. */
export interface FileEntry {
  title: string;
  /** What `read` gets when the line is clicked. Its ending tells what the text is: `.md`, or else HTML. */
  link: string;
  description?: string;
  [label: string]: string | number | undefined;
}

const Entries = z.array(z.looseObject({ title: z.string().min(1), link: z.string().min(1) }));

/**
 * A list of texts, each shown when it is clicked. Workspace accepts this type but does not document it: it was built
 * from what its client does, and not tried in every release.
 *
 * @param files `list` answers with the list, `read` with the text of one link of it; it throws a 404 for any other
 */
export function fileViewer<Id extends WidgetId<"file_viewer">>(
  id: Id,
  files: {
    list: (params: Widgets[Id]["params"], context: Context) => FileEntry[] | Promise<FileEntry[]>;
    read: (link: string, context: Context) => string | Promise<string>;
  },
  ...[settings]: SettingsOf<Id, { cache?: never }>
): WidgetModule {
  return {
    id,
    type: "file_viewer",
    answer: Entries,
    endpoints: ({ path, definition, parse }) => {
      const { fileEndpoint } = definition;
      return [
        { method: "GET", path, parse: ({ query }) => parse(query), handle: files.list, encode: json },
        {
          method: "GET",
          path: typeof fileEndpoint === "string" ? endpointPath(fileEndpoint) : `${path}/file`,
          headerless: true,
          parse: ({ query }) => linkOf(query),
          handle: files.read,
          encode: jsonText,
        },
      ];
    },
    ...settings,
  };
}

function linkOf(query: URLSearchParams): string {
  const link = query.get("path");
  if (!link) throw new HttpError(400, 'The link of a file is missing: "?path=".');
  return link;
}
