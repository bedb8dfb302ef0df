// A file becomes a new map: an empty one is made, the file is brought into it; where that fails, the empty one is put away again.
import { api, ok } from "../../api/client";
import type { components } from "../../api/schema";

export interface Brought {
  id: string;
  report: components["schemas"]["BroughtIn"];
}

export const READ = ".yaml,.yml,.json,.xlsx,.csv,.mmd";

export async function bring(file: File): Promise<Brought> {
  const title = file.name.replace(/\.[^.]+$/, "").slice(0, 300);
  const { id } = await ok(api.POST("/api/v1/maps", { body: { title: title || null } }));
  try {
    const form = new FormData();
    form.set("file", file);
    const report = await ok(
      api.PUT("/api/v1/maps/{map_id}/file", { params: { path: { map_id: id } }, body: form as never, bodySerializer: (body) => body as never }),
    );
    return { id, report };
  } catch (error) {
    await ok(api.DELETE("/api/v1/maps/{map_id}", { params: { path: { map_id: id } } }));
    throw error;
  }
}
