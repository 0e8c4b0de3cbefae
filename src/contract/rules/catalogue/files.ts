import type { Rule } from "../rule.js";

const PRICES = { name: "Prices", description: "The last close of each symbol.", endpoint: "prices" };
const VOLUMES = { name: "Volumes", description: "The volume of each day.", endpoint: "volumes" };

/** Faults of the texts themselves, found before anything in them is looked at. */
export const FILE_RULES: readonly Rule[] = [
  {
    code: "invalid-json",
    severity: "error",
    about: "widgets.json",
    title: "The file is not JSON.",
    why: "Workspace cannot read the file. Without widgets.json nothing connects, and the user reads the bare text of a parse error; apps.json and agents.json count as empty, without a word.",
    remedy:
      "JSON has no comments, no comma after the last entry, and keys and texts in double quotes. Mend each place that is named.",
    section: "1.2",
    bad: { text: '{\n  "prices": {\n    "name": "Prices",\n    "endpoint": "prices",\n  }\n}' },
    good: { widgets: { prices: PRICES } },
  },
  {
    code: "duplicate-key",
    severity: "warning",
    about: "widgets.json",
    title: "A key stands twice in the same object.",
    why: "Of the two only the last one is read. Where it is the id of a widget, the first widget is lost without a word.",
    remedy: "Take one of the two out, or give it another name.",
    section: "2",
    bad: { text: `{\n  "prices": ${JSON.stringify(PRICES)},\n  "prices": ${JSON.stringify(VOLUMES)}\n}` },
    good: { widgets: { prices: PRICES, volumes: VOLUMES } },
  },
  {
    code: "not-utf-8",
    severity: "warning",
    about: "widgets.json",
    title: "Some bytes of the file are no UTF-8.",
    why: "Workspace reads UTF-8 only: letters such as é or ü show as � on the dashboard.",
    remedy: "Save the file with the encoding UTF-8.",
    section: "1.1",
    bad: { text: `{ "cafe": ${JSON.stringify({ ...PRICES, name: "Caf\ufffd" })} }` },
    good: { widgets: { cafe: { ...PRICES, name: "Café" } } },
  },
  {
    code: "byte-order-mark",
    severity: "info",
    about: "widgets.json",
    title: "The file begins with a byte order mark.",
    why: "Workspace passes over it, but Python's and Node's own JSON readers refuse such a file, and with it a backend that reads it.",
    remedy: 'Save the file as "UTF-8", not as "UTF-8 with BOM".',
    section: "1.1",
    bad: { text: `\ufeff${JSON.stringify({ prices: PRICES })}` },
    good: { widgets: { prices: PRICES } },
  },
];
