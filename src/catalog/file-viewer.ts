import type { CatalogType } from "./types.js";

export const fileViewer: CatalogType = {
  type: "file_viewer",
  label: "file list",
  plural: "file lists",
  summary: "a list of texts, each opened with a click",
  id: "research_notes",
  name: "Research Notes",
  entry: (endpoint) => ({
    description: "The notes in this backend's folder documents, each a Markdown file.",
    source: ["Folder documents"],
    gridData: { w: 13, h: 13 },
    fileEndpoint: `${endpoint}/file`,
  }),
  parts: ["documents"],
  rank: 7,
  prompt: (mention) => `Which of the notes in ${mention} is about energy?`,
  handler: () => ({}),
  experimental:
    "Workspace takes file_viewer but does not document it: this follows the code of its client and was not tried in Workspace itself. A file is asked for at the root of the server, so a backend under a path of its own cannot use it.",
};
