import { randomBytes } from "node:crypto";
import type { CreateAnswers } from "./answers.js";
import { SECRETS_FILE } from "./create.js";
import type { Secrets } from "./types.js";

/** The contents that no plan shows: a new API key in `.env`, which only its owner can read. */
export function makeSecrets(answers: CreateAnswers): Secrets {
  if (answers.auth !== "api-key") return {};
  const key = randomBytes(32).toString("base64url");
  const content = `# What callers must send in the header X-API-KEY. .env.example explains the other variables.\nAPI_KEY=${key}\n`;
  return { [SECRETS_FILE]: { content, mode: 0o600 } };
}
