/**
 * Texts of files and servers belong to strangers: what is shown of them must move no cursor, ring no bell, and turn no
 * line around.
 */

/** Control characters, those that change the direction of text, invisible ones, and halves of surrogate pairs. */
const UNSAFE = /[\p{Cc}\p{Cs}\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]/gu;

/** A text on one line, with what could do harm written as `\u001b`. */
export function safe(text: string): string {
  return text.replace(UNSAFE, (char) => (char === "\n" ? "\\n" : char === "\t" ? "\\t" : escaped(char)));
}

/** JSON that is safe to print: what JSON.stringify leaves as it is. */
export function safeJson(value: unknown): string {
  return JSON.stringify(value, null, 2).replace(UNSAFE, (char) => (char === "\n" ? char : escaped(char)));
}

/** At most so many characters. */
export function clipped(text: string, most: number): string {
  if (text.length <= most) return text;
  // No half of a surrogate pair.
  return `${text.slice(0, most - 1).replace(/[\ud800-\udbff]$/, "")}…`;
}

function escaped(char: string): string {
  return `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
