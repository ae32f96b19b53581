/** Starts src/api/jobs/job-thread.ts: Deno runs TypeScript in a thread as it is, Node needs tsx to be asked. */
const url = new URL('./job-thread.ts', import.meta.url).href;
if ('Deno' in globalThis) await import(url);
else await (await import('tsx/esm/api')).tsImport(url, import.meta.url);
