import { type Example, RULES, type Rule, ruleOf } from "../contract/rules/index.js";
import { nearest } from "../contract/suggest.js";
import { CliError, EXIT, type ExitCode } from "../errors.js";
import { shownExample } from "../validate/examples.js";
import type { CommandContext } from "./program.js";

/**
 * `explain`: says what a code means, with a bad and a good example; without a code, lists all of them.
 *
 * @throws CliError with exit code 2 for a code that is not there
 */
export function explain(code: string | undefined, { output }: CommandContext): ExitCode {
  if (code === undefined) {
    list({ output });
    return EXIT.done;
  }
  const rule = ruleOf(wantedCode(code)) as Rule;
  if (output.json) {
    output.document(rule);
    return EXIT.done;
  }
  const colour = { error: "red", warning: "yellow", info: "cyan" } as const;
  output.result(
    `${output.paint("bold", rule.code)}  ${output.paint(colour[rule.severity], rule.severity)}  ${rule.about}`,
  );
  output.result(`\n${rule.title}`);
  output.result(`\nWhy it matters:\n${indented(rule.why)}`);
  output.result(`\nWhat to do:\n${indented(rule.remedy)}`);
  for (const [title, example] of [
    ["Bad", rule.bad],
    ["Good", rule.good],
  ] satisfies [string, Example][]) {
    output.result(`\n${output.paint(title === "Bad" ? "red" : "green", `${title}:`)}`);
    for (const { title: file, text } of shownExample(example)) {
      output.result(`  ${output.paint("dim", file)}\n${indented(text)}`);
    }
  }
  output.result(`\n${output.paint("dim", `Section ${rule.section} of the contract that Workspace keeps.`)}`);
  return EXIT.done;
}

/** A code that there is. */
export function wantedCode(code: string): string {
  if (ruleOf(code)) return code;
  const near = nearest(
    code,
    RULES.map((rule) => rule.code),
  );
  const all = "npx create-openbb-backend explain lists all codes.";
  throw new CliError(
    EXIT.usage,
    `There is no code ${JSON.stringify(code.slice(0, 80))}.`,
    near === undefined ? all : `Did you mean ${near}? ${all}`,
  );
}

function list({ output }: Pick<CommandContext, "output">): void {
  if (output.json) {
    const codes = RULES.map(({ code, severity, about, title }) => ({ code, severity, about, title }));
    output.document({ codes });
    return;
  }
  const wide = Math.max(...RULES.map(({ code }) => code.length));
  for (const about of new Set(RULES.map((rule) => rule.about))) {
    output.result(output.paint("bold", about));
    for (const { code, severity, title } of RULES.filter((rule) => rule.about === about)) {
      output.result(`  ${code.padEnd(wide)}  ${severity.padEnd(7)}  ${title}`);
    }
    output.result("");
  }
  output.result("npx create-openbb-backend explain <code> says more of one.");
}

function indented(text: string): string {
  return text
    .split("\n")
    .map((line) => (line === "" ? "" : `  ${line}`))
    .join("\n");
}
