export * from "./contract/index.js";
export { CancelledError, CliError, EXIT, type ExitCode } from "./errors.js";
export type { CreateAnswers, PartialAnswers } from "./plan/answers.js";
export type { WidgetSpec } from "./plan/spec.js";
export type { FileChange, Plan, SkippedFile } from "./plan/types.js";
