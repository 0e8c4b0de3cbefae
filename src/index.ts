export * from "./contract/index.js";
export { type CreateBackendOptions, type CreateBackendResult, createBackend } from "./create.js";
export { CancelledError, CliError, EXIT, type ExitCode } from "./errors.js";
export type { CreateAnswers, PartialAnswers } from "./plan/answers.js";
export { configSchema } from "./plan/config.js";
export type { OnConflict, PackageManager } from "./plan/options.js";
export type { WidgetSpec } from "./plan/spec.js";
export type { FileChange, Plan, SkippedFile } from "./plan/types.js";
