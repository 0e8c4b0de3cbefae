import type { WidgetDefinition } from "../contract/types.js";
import { optionsPath } from "./params.js";
import { FIRST_PDF } from "./pdf.js";
import type { CatalogType } from "./types.js";

export const multiFileViewer: CatalogType = {
  type: "multi_file_viewer",
  label: "multi-file viewer",
  plural: "multi-file viewers",
  summary: "several PDF documents, chosen from a list",
  id: "document_library",
  name: "Document Library",
  entry: (endpoint) => ({
    description: "The PDF files of this backend's folder documents, several at a time.",
    source: ["Folder documents"],
    gridData: { w: 20, h: 22 },
    params: [
      {
        paramName: "files",
        label: "Files",
        description: "The files to show",
        type: "endpoint",
        optionsEndpoint: optionsPath(endpoint, "files"),
        roles: ["fileSelector"],
        multiSelect: true,
        // Workspace shows a list of its own.
        show: false,
        value: [FIRST_PDF],
      },
    ],
  }),
  parts: ["documents", "pdfs"],
  rank: 7,
  prompt: (mention) => `What do the documents in ${mention} say about risk?`,
  handler: () => ({}),
  choices: ({ definition }, name) => (isSelector(definition.params, name) ? "() => documents.list()" : undefined),
};

function isSelector(params: WidgetDefinition["params"], name: string): boolean {
  return (params ?? []).flat().some(({ paramName, roles }) => paramName === name && roles?.includes("fileSelector"));
}
