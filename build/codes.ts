// Writes docs/codes.md, the page of all codes, from the rules themselves: `npm run docs`.
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type Example, RULES, type Rule } from "../src/contract/rules/index.ts";
import { shownExample } from "../src/validate/examples.ts";

const TITLES: Record<Rule["about"], string> = {
  "widgets.json": "widgets.json",
  "apps.json": "apps.json",
  "agents.json": "agents.json",
  project: "Between the files of a project",
  live: "What calling a backend shows",
};

const SEVERITIES = {
  error: "Workspace rejects the backend, the widget or the apps; of a running backend, that a widget shows nothing",
  warning: "it connects, and then fails, misleads or is ignored",
  info: "good to know",
};

/** The page, as Markdown. */
export function codesPage(rules: readonly Rule[] = RULES): string {
  const lines = [
    "# Codes",
    "",
    "What `npx create-openbb-backend validate` can find, with an example of each. The same for one code, in the terminal: `npx create-openbb-backend explain <code>`. This page is generated from the rules (`npm run docs`).",
    "",
    ...Object.entries(SEVERITIES).map(([name, meaning]) => `- **${name}**: ${meaning}`),
    "",
  ];
  const groups = (Object.keys(TITLES) as Rule["about"][]).map((about) => ({
    about,
    rules: rules.filter((rule) => rule.about === about),
  }));
  for (const { about, rules: own } of groups) {
    if (own.length === 0) continue;
    lines.push(`| ${TITLES[about]} | | |`, "| --- | --- | --- |");
    for (const { code, severity, title } of own) lines.push(`| [${code}](#${code}) | ${severity} | ${cell(title)} |`);
    lines.push("");
  }
  for (const { about, rules: own } of groups) {
    if (own.length > 0) lines.push(`## ${TITLES[about]}`, "", ...own.flatMap(section));
  }
  return `${lines.join("\n").trimEnd()}\n`;
}

function section({ code, severity, title, why, remedy, section: place, bad, good }: Rule): string[] {
  return [
    `### ${code}`,
    "",
    `**${severity}** · ${prose(title)}`,
    "",
    prose(why),
    "",
    `**What to do:** ${prose(remedy)}`,
    "",
    ...example("Bad", bad),
    ...example("Good", good),
    `<sub>Contract, section ${place}</sub>`,
    "",
  ];
}

function example(title: string, shown: Example): string[] {
  return shownExample(shown).flatMap((part) => [
    `${title}, ${part.title.includes(" ") && part.language === "http" ? `\`${part.title}\`` : part.title}:`,
    "",
    // An example may hold a fence of its own.
    ...fenced(part.text, part.language),
    "",
  ]);
}

function fenced(text: string, language: string): string[] {
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = "`".repeat(Math.max(3, longest + 1));
  return [fence + language, text, fence];
}

function cell(text: string): string {
  return prose(text).replaceAll("|", "\\|");
}

/** A text as Markdown shows it word for word, save for code in backticks. */
function prose(text: string): string {
  return text
    .split(/(`[^`]*`)/)
    .map((part) => (part.startsWith("`") ? part : part.replace(/[*_<[\]]/g, "\\$&")))
    .join("");
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(new URL("../docs/codes.md", import.meta.url), codesPage());
}
