/** A piece of a text that looks like JSON: `mark` is one of `{}[],:`, `broken` a text without its end. */
export interface Lexeme {
  kind: "mark" | "text" | "quoted" | "broken" | "word" | "comment" | "space";
  offset: number;
  text: string;
}

/** What other languages write for values that JSON writes otherwise, or not at all. */
export const WORDS = new Map([
  ["True", "true"],
  ["False", "false"],
  ["TRUE", "true"],
  ["FALSE", "false"],
  ["None", "null"],
  ["NULL", "null"],
  ["Null", "null"],
  ["nil", "null"],
  ["undefined", "null"],
  ["NaN", "null"],
  ["nan", "null"],
  ["Infinity", "null"],
  ["-Infinity", "null"],
]);

const LEXEME = new RegExp(
  [
    "[ \\t\\r\\n]+",
    "(?<mark>[{}[\\],:])",
    '(?<text>"(?:\\\\[^\\r\\n]|[^"\\\\\\r\\n])*")',
    "(?<quoted>'(?:\\\\[^\\r\\n]|[^'\\\\\\r\\n])*'|`(?:\\\\[^\\r\\n]|[^`\\\\\\r\\n])*`|[“”„][^“”\"\\r\\n]*[“”])",
    "(?<comment>//[^\\r\\n]*|#[^\\r\\n]*|/\\*[^]*?(?:\\*/|$))",
    "(?<broken>[\"'`“”„][^\\r\\n]*)",
    "(?<space>[\\p{White_Space}\\p{Cc}\\u200b-\\u200f\\u2060\\ufeff]+)",
    "(?<word>(?:(?!//|/\\*)[^\\p{White_Space}\\p{Cc}\\u200b-\\u200f\\u2060\\ufeff{}[\\],:\"'`“”„#])+)",
  ].join("|"),
  "guy",
);

/** The pieces of a text, white space of JSON's left out. */
export function* lexemes(text: string): Generator<Lexeme> {
  for (const match of text.matchAll(LEXEME)) {
    for (const kind of ["mark", "text", "word", "quoted", "comment", "space", "broken"] as const) {
      if (match.groups?.[kind] === undefined) continue;
      yield { kind, offset: match.index, text: match[0] };
      break;
    }
  }
}

/**
 * How a text is written as JSON wants it; undefined where it is.
 *
 * @param written with its quotes, of any kind
 */
export function textEdit(written: string): { text: string; what: string; hint: string } | undefined {
  const quote = written[0] as string;
  let what: string | undefined;
  let hint = "";
  const inner = written.slice(1, -1).replace(/\\(?:["\\/bfnrt]|u[\da-fA-F]{4})|\\u?|\p{Cc}|"/gu, (part) => {
    if (part === '"') return '\\"';
    if (part.length > 1 && part !== "\\u") return part;
    // What other quotes escape needs none in double ones.
    if (part === "\\" && quote !== '"') return "";
    if (part.startsWith("\\")) {
      what ??= "a backslash stands before a character that needs none";
      hint ||= "Write two backslashes for one, or take it out.";
      return `\\${part}`;
    }
    if (part >= "\u007f") return part;
    what ??= part === "\t" ? "a text has a tab" : "a text has a control character";
    hint ||= part === "\t" ? "Write \\t for it." : "Write it as \\u and four digits, or take it out.";
    return JSON.stringify(part).slice(1, -1);
  });
  if (quote !== '"') {
    const kinds: Record<string, string> = { "'": "single quotes", "`": "backticks" };
    what = `a text stands in ${kinds[quote] ?? "curly quotes"}, where JSON wants double ones`;
    hint = 'Write " at both ends.';
  }
  return what === undefined ? undefined : { text: `"${inner}"`, what, hint };
}

/** What a word means as a number, in any language's way; undefined where it means none. */
export function numberOf(word: string): number | undefined {
  if (!/^[+-]?(\d[\d_]*\.?\d*|\.\d+)(e[+-]?\d+)?$|^0x[\da-f]+$/i.test(word)) return undefined;
  const value = Number(word.replace(/_/g, "").replace(/^\+/, ""));
  return Number.isFinite(value) ? value : undefined;
}
