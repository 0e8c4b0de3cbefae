/** Characters that change the direction of the text around them: in a comment they could make code look like another. */
const BIDI = /[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]/g;

/**
 * What templates call to bring a value to paper. Templates escape nothing by themselves: each of these quotes for the
 * place where its value lands, and throws where a template misspells a name.
 */
export const helpers = {
  json: (value: unknown): string => {
    const text = JSON.stringify(value);
    if (text === undefined) throw new Error("A template gives the helper json nothing.");
    return text;
  },
  property: (name: unknown): string => {
    if (name === "__proto__") return '["__proto__"]';
    const text = asText(name);
    return /^[A-Za-z_$][\w$]*$/.test(text) ? text : JSON.stringify(text);
  },
  docComment: (...paragraphs: unknown[]): string => docComment(paragraphs.map(asText)),
};

function asText(value: unknown): string {
  if (typeof value !== "string") throw new Error("A template gives a helper something that is no text.");
  return value;
}

/** A comment before a declaration, a paragraph an argument, wrapped at 118 columns. */
function docComment(paragraphs: string[]): string {
  const lines = paragraphs.flatMap((paragraph, index) => {
    const words = paragraph.replace(BIDI, "").replaceAll("*/", "* /").split(/\s+/).filter(Boolean);
    const wrapped: string[] = [];
    for (const word of words) {
      const last = wrapped.at(-1);
      if (last !== undefined && last.length + word.length < 114) wrapped[wrapped.length - 1] = `${last} ${word}`;
      else wrapped.push(word);
    }
    return index > 0 ? ["", ...wrapped] : wrapped;
  });
  return ["/**", ...lines.map((line) => ` * ${line}`.trimEnd()), " */"].join("\n");
}
