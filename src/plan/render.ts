import { specs, textsOf } from "virtual:templates";
import type HandlebarsType from "handlebars";
import Runtime from "handlebars/runtime.js";
import { templateGroup } from "./groups.js";

type TemplateSpecification = Parameters<typeof HandlebarsType.template>[0];

/** Characters that change the direction of the text around them: in a comment they could make code look like another. */
const BIDI = /[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]/g;

// The runtime alone, without the compiler; its own typings lack `create`.
const engine = (Runtime as unknown as typeof HandlebarsType).create();

// Templates escape nothing by themselves: each helper quotes for the place where its value lands, and throws where a
// template misspells a name, which Handlebars' strict mode does not notice in arguments.
engine.registerHelper({
  json: (value: unknown) => {
    const text = JSON.stringify(value);
    if (text === undefined) throw new Error("A template gives the helper json nothing.");
    return text;
  },
  property: (name: unknown) => {
    if (name === "__proto__") return '["__proto__"]';
    return /^[A-Za-z_$][\w$]*$/.test(asText(name)) ? name : JSON.stringify(name);
  },
  docComment: (text: unknown, extra: unknown) => docComment([asText(text), asText(extra)]),
});

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

const loaded = new Map<string, Record<string, string>>();

function textsFor(key: string): Record<string, string> {
  const group = templateGroup(key);
  const texts = loaded.get(group) ?? textsOf(group);
  loaded.set(group, texts);
  return texts;
}

/**
 * Renders one template.
 *
 * @param key its path below `templates/`, without `.hbs`
 * @throws Error when there is no such template, or it asks for something that `data` lacks: a bug of ours
 */
export function render(key: string, data: Record<string, unknown>): string {
  const texts = textsFor(key);
  if (Object.hasOwn(texts, key)) return texts[key] as string;
  if (!Object.hasOwn(specs, key)) throw new Error(`There is no template ${key}.`);
  return engine.template(specs[key] as TemplateSpecification)(data);
}

/** The paths of all templates in a folder of `templates/` (a whole group or less), relative to it, sorted. */
export function templatesIn(folder: string): string[] {
  return [...Object.keys(textsFor(folder)), ...Object.keys(specs)]
    .filter((key) => key.startsWith(`${folder}/`))
    .map((key) => key.slice(folder.length + 1))
    .sort();
}
