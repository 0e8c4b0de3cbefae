import { intro } from "@clack/prompts";
import { type CreateAnswers, completeAnswers, type PartialAnswers, withPreset } from "../plan/answers.js";
import { askerOf, type Terminal } from "./asker.js";
import { type Conversation, directoryOf, type Question, type Talk } from "./draft.js";
import { directoryTrouble, QUESTIONS } from "./questions.js";
import { review } from "./review.js";
import { messageOf } from "./text.js";

export type { Terminal } from "./asker.js";
export type { Conversation, Preview } from "./draft.js";

/**
 * The conversation of `create`: asks what flags and the config file left open, shows everything on a last screen, and
 * lets the user change it there. Writes nothing to the disk.
 *
 * @returns the same object that flags would give
 * @throws CancelledError when the user cancels, anywhere; CliError with exit code 2 when an answer in `given` is wrong
 */
export async function askCreate(conversation: Conversation, terminal: Terminal): Promise<CreateAnswers> {
  const { surroundings } = conversation;
  const given = withPreset(conversation.given);
  // A wrong flag ends the command as it would without a terminal: no question asks for an id or an endpoint.
  completeAnswers(given, surroundings, true);

  const talk: Talk = {
    ask: askerOf(terminal),
    conversation: { ...conversation, given },
    draft: { ...given },
    again: false,
  };
  talk.ask.check();
  intro("Create a backend for OpenBB Workspace", { output: terminal.output });
  await askForFreeDirectory(talk);
  for (const question of QUESTIONS) {
    if (question.onlyLater || isGiven(question, given) || question.applies?.(talk.draft) === false) continue;
    await askOne(talk, question, false);
  }
  return review(talk, (key) => change(talk, key));
}

/** A place that flags named, and that cannot be taken, is asked for again at once. */
async function askForFreeDirectory(talk: Talk): Promise<void> {
  const place = directoryOf(talk.draft);
  if (place === undefined) return;
  const trouble = await directoryTrouble(talk, place).catch(messageOf);
  talk.ask.check();
  if (trouble === undefined) return;
  talk.ask.warn(trouble);
  await change(talk, "directory");
}

async function askOne(talk: Talk, question: Question, again: boolean): Promise<void> {
  talk.draft = { ...talk.draft, ...(await question.ask({ ...talk, again })) };
}

/** Asks one question again, and those that its new answer opens. */
async function change(talk: Talk, key: string): Promise<void> {
  const question = QUESTIONS.find((each) => each.key === key) as Question;
  const before = talk.draft;
  await askOne(talk, question, true);
  for (const next of question.next?.(before, talk) ?? []) {
    await askOne(talk, QUESTIONS.find((each) => each.key === next) as Question, false);
  }
}

function isGiven({ key }: Question, given: PartialAnswers): boolean {
  const value = given[key.split(".")[0] as keyof PartialAnswers];
  // An empty list of widgets is no answer: a backend has at least one.
  return key.startsWith("widgets") ? Array.isArray(value) && value.length > 0 : value !== undefined;
}
