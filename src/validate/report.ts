import type { BackendFinding, FileName } from "../contract/rules/rule.js";
import type { Place } from "../plan/json/lines.js";

/** One file that is checked. */
export interface CheckedFile {
  /** What it is to Workspace. */
  file: FileName;
  /** Its path as the user would write it, or its URL. */
  name: string;
  text: string;
  /** How it is written, where that is not UTF-8; `broken`: some bytes of it are no UTF-8. */
  encoding?: "utf-16" | "broken";
}

export type { Place };

/** A finding with its place. */
export interface ReportedFinding extends BackendFinding {
  /** The name of the file it is in (`CheckedFile.name`), or the URL of the backend. */
  source: string;
  /** It is about the text itself, not about a value in it. */
  textual?: true;
  /** Whose it is: the id of the widget or agent, or the name of the app; "app 2" where it has none. */
  owner?: string;
  /** Where the value starts that it is about; absent where there is no text of the file. */
  place?: Place;
  /** Where that value ends. */
  end?: Place;
}

/** Everything that one run of `validate` found. */
export interface Report {
  /** The folder, file or URL that was checked. */
  subject: string;
  files: CheckedFile[];
  findings: ReportedFinding[];
  /** What Workspace makes of it, where calling the backend has shown that. */
  workspace?: {
    connects: boolean;
    /** Whether the connect dialog's "Add" is enabled after "Test" (contract 1.6). */
    canAdd: boolean;
    summary: string[];
    advice: string[];
  };
  /** Whether it is a project of this tool, which leaves out what Workspace would reject. */
  leavesOut?: boolean;
  /** What was looked at, for the summary. */
  checked: { widgets: number; apps: number; agents: number; calls?: number };
}
