import type { CatalogTypeName } from "../catalog/index.js";
import {
  type CreateAnswers,
  completeAnswers,
  defaultName,
  type PartialAnswers,
  type Surroundings,
  widgetsOf,
} from "../plan/answers.js";
import type { PackageManager } from "../plan/options.js";
import type { WidgetSpec } from "../plan/spec.js";
import type { Asker } from "./asker.js";

/** What a project would hold. */
export interface Preview {
  /** The paths of its files, relative, with "/". */
  files: string[];
}

/** What the conversation of `create` starts from. */
export interface Conversation {
  /** What flags and the config file said: not asked, but it can be changed at the last screen. */
  given: PartialAnswers;
  surroundings: Surroundings;
  /** The package managers that are on this machine. */
  installed: PackageManager[];
  preview: (answers: CreateAnswers) => Preview | Promise<Preview>;
  /** Why a project cannot go into a directory, such as files in the way; undefined when it can. */
  checkDirectory?: (directory: string) => string | undefined | Promise<string | undefined>;
}

/** A conversation under way. */
export interface Talk {
  ask: Asker;
  conversation: Conversation;
  /** The answers so far. The directory stays open until the user names one: until then it is the name. */
  draft: PartialAnswers;
  /** Whether the answer is being changed: its question then begins with the present value. */
  again: boolean;
}

/**
 * One question. The table in `questions.ts` drives the first pass, the summary and "Change an answer": there is no other list.
 */
export interface Question {
  /** The key of the answer that it gives, with the part of it after a dot where one answer has several questions. */
  key: string;
  /** What the summary calls it. */
  label: (draft: PartialAnswers) => string;
  /** What the summary says. */
  show: (draft: PartialAnswers) => string;
  /** The new values; a key that is undefined takes its value away. */
  ask: (talk: Talk) => Promise<PartialAnswers>;
  /** Whether the question makes sense as things stand; it always does when left out. */
  applies?: (draft: PartialAnswers) => boolean;
  /** Not asked in order: it has a default that nearly everybody takes. */
  onlyLater?: true;
  /** Keys of the questions that must follow when this one has changed the answers. */
  next?: (before: PartialAnswers, talk: Talk) => string[];
}

/** Where the project goes as things stand. */
export function directoryOf({ directory, name }: PartialAnswers): string | undefined {
  return directory ?? name;
}

/** The name that the project gets when the user types none. */
export function presetName({ draft, conversation }: Talk): string {
  return draft.name ?? defaultName(draft.directory, conversation.surroundings);
}

/** The widget types of the answers, each once, in the order in which they stand there. */
export function typesOf({ widgets = [] }: PartialAnswers): CatalogTypeName[] {
  return [...new Set(widgets.map(({ type }) => type))];
}

/** The names that widgets have, or will get. */
export function namesOf(widgets: WidgetSpec[]): string[] {
  return widgetsOf({ widgets }).map(({ definition }) => definition.name);
}

/**
 * The answers as flags would give them: what is the default anyway is left out of the widgets, unless it was given.
 *
 * @throws CliError when the answers cannot go together
 */
export function answersOf({ draft, conversation: { given, surroundings } }: Talk): CreateAnswers {
  const widgets = tidy(draft.widgets ?? [], draft, new Set(given.widgets));
  return completeAnswers({ ...draft, directory: directoryOf(draft), widgets }, surroundings, false);
}

/** Takes away names and categories that the widgets have without them. */
function tidy(widgets: WidgetSpec[], { category, subCategory }: PartialAnswers, given: Set<WidgetSpec>): WidgetSpec[] {
  const filed = widgets.map((widget) => {
    if (given.has(widget)) return widget;
    const { category: own, subCategory: ownSub, ...rest } = widget;
    return {
      ...rest,
      ...(own === undefined || own === category ? {} : { category: own }),
      ...(ownSub === undefined || ownSub === subCategory ? {} : { subCategory: ownSub }),
    };
  });
  const wanted = identities(filed);
  const nameless = filed.map(({ name: _, ...rest }) => rest);
  const plain = identities(nameless);
  const short = filed.map((widget, index) =>
    given.has(widgets[index] as WidgetSpec) || plain[index] !== wanted[index]
      ? widget
      : (nameless[index] as WidgetSpec),
  );
  // A default depends on the widgets before it: the names go only when all of them come out the same.
  return String(identities(short)) === String(wanted) ? short : filed;
}

/** Ids and names as the widgets would have them, to compare. */
function identities(widgets: WidgetSpec[]): string[] {
  return widgetsOf({ widgets }).map(({ id, definition }) => JSON.stringify([id, definition.name]));
}
