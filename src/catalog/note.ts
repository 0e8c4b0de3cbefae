import type { CatalogType } from "./types.js";

const TEXT = "**To do:** put a source of our own behind the sample widgets of this backend.";

export const note: CatalogType = {
  type: "note",
  label: "note",
  plural: "notes",
  summary: "a text that people go on writing in Workspace",
  id: "research_note",
  name: "Research Note",
  entry: {
    description: "A note for whoever uses the dashboard: it can be changed in place.",
    gridData: { w: 13, h: 9 },
    storage: { html: TEXT },
  },
  questions: [
    { name: "text", message: "What does the note say at first? (Markdown)", path: ["storage", "html"], initial: TEXT },
  ],
  rank: 5,
  prompt: (mention) => `Which of the points in ${mention} are still open?`,
  handler: () => ({}),
  experimental:
    "Workspace copies a note's text when it is placed; whether it ever calls the endpoint of a note is not known.",
};
