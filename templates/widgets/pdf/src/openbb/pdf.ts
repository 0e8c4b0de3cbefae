import * as z from "zod";
import { type FileAnswer, FileItem, fileBody } from "./documents.js";
import { HttpError } from "./errors.js";
import type { Widgets } from "./params.gen.js";
import type { CachedHandler, Context, Endpoint, Settings, SettingsOf, WidgetId, WidgetModule } from "./widget.js";

/** What the handler of a PDF widget gets beside its parameters. */
export interface PdfContext extends Context {
  /** The URL of a linked file, for an answer with `url`. The setting `files` answers when the browser asks for it. */
  fileUrl: (name: string) => string;
}

interface LinkedFiles {
  /** The bytes of a linked file; throws a 404 for a name that `fileUrl` was not given. */
  files?: (name: string, context: Context) => Uint8Array | Promise<Uint8Array>;
}

const isPdf = (answer: unknown) => answer instanceof Uint8Array && Buffer.from(answer).subarray(0, 5).equals(PDF_START);
const PDF_START = Buffer.from("%PDF-");

/** What the endpoint answers: the bytes of a PDF, or an object that holds or links it. */
const Answer = z.union([z.custom<Uint8Array>(isPdf, { error: "must be the bytes of a PDF" }), FileItem]);

/**
 * A PDF document: the handler answers with its bytes, with base64, or with a URL.
 * Workspace sends no headers here: with API keys on, a token in the path stands for the key.
 */
export function pdf<Id extends WidgetId<"pdf">>(
  id: Id,
  handler: (params: Widgets[Id]["params"], context: PdfContext) => FileAnswer | Promise<FileAnswer>,
  ...settings: SettingsOf<Id, LinkedFiles & { cache?: never }>
): WidgetModule;
export function pdf<Id extends WidgetId<"pdf">>(
  id: Id,
  handler: CachedHandler<Id, FileAnswer>,
  settings: Settings<Id> & LinkedFiles & { cache: number },
): WidgetModule;
export function pdf(
  id: string,
  handler: (params: never, context: never) => unknown,
  settings: Pick<WidgetModule, "options" | "submit"> & LinkedFiles & { cache?: number } = {},
): WidgetModule {
  const { cache, files, ...rest } = settings;
  return {
    id,
    type: "pdf",
    answer: Answer,
    endpoints: ({ path, parse }) => {
      const fileUrl = ({ link }: Context) => {
        return (name: string) => `${link(`${path}/file`)}?${new URLSearchParams({ name })}`;
      };
      const main: Endpoint = {
        method: "GET",
        path,
        headerless: true,
        cache,
        parse: ({ query }) => parse(query),
        handle: (params, context) => handler(params, { ...context, fileUrl: fileUrl(context) } as never),
        encode: fileBody,
      };
      return files ? [main, linkedFile(`${path}/file`, files)] : [main];
    },
    ...rest,
  };
}

/** Where the browser gets a linked file, without headers too. */
function linkedFile(path: string, files: NonNullable<LinkedFiles["files"]>): Endpoint {
  return {
    method: "GET",
    path,
    headerless: true,
    parse: ({ query }) => {
      const name = query.get("name");
      if (!name) throw new HttpError(400, 'The name of the file is missing: "?name=".');
      return name;
    },
    handle: files as Endpoint["handle"],
    encode: fileBody,
  };
}
