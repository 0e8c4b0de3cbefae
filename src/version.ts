/** Put in by the bundler and by Vitest. */
declare const __VERSION__: string;

/** The version of this package. */
export const VERSION: string = __VERSION__;
