import * as z from "zod";
import { bareJson, type FileAnswer, FileItem, fileItem } from "./documents.js";
import { HttpError } from "./errors.js";
import type { Call, Context, SettingsOf, WidgetId, WidgetModule } from "./widget.js";

/** How many files one request may ask for: the answer is held in memory as a whole. */
const MAX_FILES = 50;

const NotFound = z.object({ error_type: z.literal("not_found"), content: z.string() });

/**
 * Several PDF documents side by side. The handler answers for one file at a time, by the value of its choice, so that
 * the answer always has the files that were asked for, in their order.
 *
 * @param read gives the file; undefined, or a thrown 404, is shown in its place as "not found"
 */
export function multiFileViewer<Id extends WidgetId<"multi_file_viewer">>(
  id: Id,
  read: (file: string, context: Context) => FileAnswer | undefined | Promise<FileAnswer | undefined>,
  ...[settings]: SettingsOf<Id, { cache?: never }>
): WidgetModule {
  const item = async (file: string, context: Context) => {
    try {
      const answer = await read(file, context);
      if (answer) return fileItem(answer, file);
    } catch (error) {
      if (!(error instanceof HttpError) || error.status !== 404) throw error;
      return { error_type: "not_found", content: error.detail };
    }
    return { error_type: "not_found", content: `There is no file "${file}".` };
  };
  return {
    id,
    type: "multi_file_viewer",
    answer: z.array(z.union([FileItem, NotFound])),
    endpoints: ({ path, definition, parse }) => {
      const selector = selectorOf(definition);
      return [
        {
          method: "POST",
          path,
          parse: ({ body }) => chosenFiles(body, selector, parse({})[selector]),
          handle: (files: string[], context) => Promise.all(files.map((file) => item(file, context))),
          encode: bareJson,
        },
      ];
    },
    ...settings,
  };
}

/** The name of the parameter that chooses the files: Workspace demands just one with this role. */
function selectorOf({ params }: Record<string, unknown>): string {
  const all = Array.isArray(params) ? (params.flat() as { paramName: string; roles?: string[] }[]) : [];
  return all.find(({ roles }) => roles?.includes("fileSelector"))?.paramName ?? "";
}

/** What the body asks for. Names are taken as they are: one may hold a comma. */
function chosenFiles(body: Call["body"], selector: string, preset: unknown): string[] {
  const sent = new Map(Object.entries(body ?? {})).get(selector) ?? preset ?? [];
  const files: unknown[] = [sent].flat();
  if (!files.every((file) => typeof file === "string" || typeof file === "number")) {
    throw new HttpError(400, `"${selector}" must be a list of texts.`);
  }
  if (files.length > MAX_FILES) throw new HttpError(400, `"${selector}" names more than ${MAX_FILES} files.`);
  return files.map(String);
}
