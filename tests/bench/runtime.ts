/** What runs the benches, and on what. */
import { arch, availableParallelism, cpus, totalmem } from 'node:os';
import { versions } from 'node:process';

type Versions = NodeJS.ProcessVersions & { readonly deno?: string };

/** Name and version, such as `Node 20.20.2` or `Deno 2.9.6`. */
export function runtimeVersion(): string {
  const { deno, node } = versions as Versions;
  return deno === undefined ? `Node ${node}` : `Deno ${deno}`;
}

/** Name and major version: figures of different ones are not compared. */
export function runtimeName(): string {
  return runtimeVersion().split('.')[0];
}

/** Cores, their model and the memory. */
export function machine(): string {
  const model = cpus()[0]?.model.trim() ?? 'unknown processor';
  const memoryGb = (totalmem() / 2 ** 30).toFixed(0);
  return `${availableParallelism()} cores ${model} (${arch()}), ${memoryGb} GiB memory`;
}
