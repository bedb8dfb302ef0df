// A file becomes a new map.
import { api, ok } from "../../api/client";
import type { components } from "../../api/schema";

export interface Brought {
  id: string;
  report: components["schemas"]["MadeFrom"];
}

export const READ = ".yaml,.yml,.json,.xlsx,.csv,.mmd";

export async function bring(file: File): Promise<Brought> {
  const form = new FormData();
  form.set("file", file);
  const report = await ok(api.POST("/api/v1/maps/file", { body: form as never, bodySerializer: (body) => body as never }));
  return { id: report.id, report };
}
