import { optionsPath, SYMBOL, usableParams } from "./params.js";
import type { CatalogType, Entry } from "./types.js";

/** One of the documents of `templates/parts/pdfs`. */
export const FIRST_PDF = "investment-policy.pdf";

const FACTSHEET: Entry = {
  description: "A page on one company: key figures, a year of prices, and the price at the end of each month.",
  source: ["Sample data"],
  gridData: { w: 16, h: 22 },
  params: [SYMBOL],
};

export const pdf: CatalogType = {
  type: "pdf",
  label: "PDF",
  plural: "PDFs",
  summary: "one PDF document",
  id: "factsheet",
  name: "Factsheet",
  entry: { ...FACTSHEET, staleTime: 300_000 },
  parts: ["documents", "market", "report"],
  rank: 7,
  prompt: (mention) => `Sum up ${mention} in three sentences.`,
  handler: (widget) => usableParams(widget, { symbol: "string" }),
  variantQuestion: "How does the document get to Workspace?",
  usual: "as it is",
  variants: {
    base64: { summary: "the document as base64, with a file name" },
    url: {
      summary: "a link to the document, which the browser fetches by itself",
      // Links are made for the one who asks, so that answers are not kept.
      entry: FACTSHEET,
    },
    folder: {
      summary: "the PDF files of the folder documents, one at a time",
      id: "documents",
      name: "Documents",
      parts: ["documents", "pdfs"],
      entry: (endpoint) => ({
        description: "The PDF files of this backend's folder documents, one at a time.",
        source: ["Folder documents"],
        gridData: { w: 16, h: 22 },
        params: [
          {
            paramName: "document",
            label: "Document",
            description: "The file to show",
            type: "endpoint",
            optionsEndpoint: optionsPath(endpoint, "files"),
            value: FIRST_PDF,
          },
        ],
      }),
      handler: () => ({}),
    },
  },
};
