interface Finding {
  severity: string;
  path: string;
  message: string;
}

export function playWorkspace(backend: {
  url: string;
  project: string;
  headers?: Record<string, string>;
  validateWidgets: (json: unknown) => Finding[];
  validateApps: (json: unknown) => Finding[];
}): Promise<string[]>;
