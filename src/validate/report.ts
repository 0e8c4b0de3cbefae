import type { BackendFinding, FileName } from "../contract/rules/rule.js";

/** One file that is checked. */
export interface CheckedFile {
  /** What it is to Workspace. */
  file: FileName;
  /** Its path as the user would write it, or its URL. */
  name: string;
  text: string;
}

/** A place in a text; both count from 1, columns in UTF-16 units, as editors do. */
export interface Place {
  line: number;
  column: number;
}

/** A finding with its place. */
export interface ReportedFinding extends BackendFinding {
  /** The name of the file it is in (`CheckedFile.name`), or the URL of the backend. */
  source: string;
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
  /** What was looked at, for the summary. */
  checked: { widgets: number; apps: number; agents: number; calls?: number };
}
