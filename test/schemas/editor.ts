import { getLanguageService, TextDocument } from "vscode-json-languageservice";
import { tree } from "../plan/helpers.js";

const ROOT = "file:///desk";

/** VS Code's own JSON service with a generated project opened, set up as its `.vscode/settings.json` says. */
export const project = tree();

const { "json.schemas": mapped } = JSON.parse(project[".vscode/settings.json"]!);
const service = getLanguageService({
  schemaRequestService: async (uri) => {
    const text = project[uri.slice(`${ROOT}/`.length)];
    if (text === undefined) throw new Error(`There is no file ${uri}.`);
    return text;
  },
});
service.configure({
  validate: true,
  allowComments: false,
  // Relative to the folder that is opened, as VS Code takes them.
  schemas: mapped.map(({ fileMatch, url }: { fileMatch: string[]; url: string }) => ({
    fileMatch: fileMatch.map((pattern) => `${ROOT}${pattern}`),
    uri: new URL(url, `${ROOT}/`).href,
  })),
});

/** A file of the project in the editor, with the caret at the first `|`. */
function open(name: string, text: string) {
  const at = text.indexOf("|");
  const document = TextDocument.create(`${ROOT}/${name}`, "json", 1, text.replace("|", ""));
  return [document, document.positionAt(at), service.parseJSONDocument(document)] as const;
}

/** What is underlined: what does not fit a schema as an error, what is out of date as a warning. */
export async function problems(name: string, text: string): Promise<string[]> {
  const document = TextDocument.create(`${ROOT}/${name}`, "json", 1, text);
  const found = await service.doValidation(document, service.parseJSONDocument(document), {
    schemaValidation: "error",
  });
  return found.map(({ message, severity }) => `${severity === 1 ? "error" : "warning"}: ${message}`);
}

/** What is offered at the caret. */
export async function offered(name: string, text: string) {
  const [document, position, parsed] = open(name, text);
  return (await service.doComplete(document, position, parsed))?.items ?? [];
}

/** What is shown of the key at the caret. */
export async function hovered(name: string, text: string): Promise<string> {
  const [document, position, parsed] = open(name, text);
  return JSON.stringify((await service.doHover(document, position, parsed))?.contents ?? "");
}
