import type { Readable, Writable } from "node:stream";
import { styleText } from "node:util";
import { TextPrompt, wrapTextWithPrefix } from "@clack/core";
import { type CANCEL_SYMBOL, isCancel, S_BAR, S_BAR_END, symbol } from "@clack/prompts";

export interface TextQuestion {
  message: string;
  /** What Enter alone gives: shown dimmed until something is typed. */
  preset?: string;
  /** The text to begin with, for one that is changed. */
  initial?: string;
  /** Why a text cannot be taken: shown while it is typed. */
  whileTyping?: (text: string) => string | undefined;
  /** Why a text cannot be taken, asked only on Enter: what takes time, or what is wrong until the last letter. */
  atEnter?: (text: string) => string | undefined | Promise<string | undefined>;
}

/**
 * clack's text prompt, save that it says what is wrong with a text while it is typed, and that long lines wrap behind
 * the bar. Texts are checked and given without the spaces at their ends.
 *
 * @param onText gets what is typed so far, before every key
 * @returns the text, or clack's cancel symbol
 */
export async function liveText(
  question: TextQuestion,
  io: { input: Readable; output: Writable; signal: AbortSignal },
  onText: (typed: string) => void,
): Promise<string | typeof CANCEL_SYMBOL> {
  const { message, preset, initial, whileTyping, atEnter } = question;
  const meant = (typed: string | undefined) => typed?.trim() || preset || "";
  const prompt = new TextPrompt({
    ...io,
    ...(preset === undefined ? {} : { defaultValue: preset }),
    ...(initial === undefined ? {} : { initialValue: initial }),
    validate: (typed) => whileTyping?.(meant(typed)) ?? (atEnter && safely(() => atEnter(meant(typed)))),
    render() {
      const typed = this.userInput;
      onText(typed);
      const done = this.state === "submit" || this.state === "cancel";
      const problem =
        this.state === "error" ? this.error : done || typed === "" ? undefined : whileTyping?.(typed.trim());
      const colour = done ? "gray" : problem === undefined ? "cyan" : "yellow";
      const bar = `${styleText(colour, S_BAR)}  `;
      const mark = `${symbol(problem === undefined ? this.state : "error")}  `;
      const head = `${styleText("gray", S_BAR)}\n${wrapTextWithPrefix(io.output, message, bar, mark)}`;
      if (this.state === "submit") return `${head}\n${lines(io.output, meant(typed), bar, "dim")}`;
      if (this.state === "cancel") return `${head}\n${lines(io.output, typed, bar, ["strikethrough", "dim"])}`;

      const body = typed === "" ? placeholder(preset) : this.userInputWithCursor;
      const end = styleText(colour, S_BAR_END);
      const foot =
        problem === undefined
          ? end
          : wrapTextWithPrefix(io.output, problem, "   ", `${end}  `, "   ", (line) => styleText("yellow", line));
      return `${head}\n${wrapTextWithPrefix(io.output, body, bar)}\n${foot}\n`;
    },
  });
  const answer = await prompt.prompt();
  return isCancel(answer) ? answer : meant(answer);
}

function lines(output: Writable, text: string, bar: string, style: Parameters<typeof styleText>[0]): string {
  return wrapTextWithPrefix(output, text, bar, bar, bar, (line) => (line === "" ? "" : styleText(style, line)));
}

/** The default with the cursor on its first letter, as clack draws it. */
function placeholder(preset = ""): string {
  const [first = "", ...rest] = preset;
  return first === ""
    ? styleText(["inverse", "hidden"], "_")
    : styleText("inverse", first) + styleText("dim", rest.join(""));
}

/** A check that throws inside a prompt would be lost, and the prompt with it. */
async function safely(check: () => string | undefined | Promise<string | undefined>): Promise<string | undefined> {
  try {
    return await check();
  } catch (error) {
    return messageOf(error);
  }
}

/** What a failed check says, for people: a folder that cannot be read is one that cannot be taken. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
