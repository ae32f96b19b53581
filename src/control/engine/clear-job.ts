/** Removes a world. */
import { removeWorld } from '../../run/remove-world.ts';
import { worldOfJob } from './job-world.ts';
import type { ClearJob, JobPort, Outcome } from './messages.ts';

export async function clearWorld(job: ClearJob, _port: JobPort): Promise<Outcome> {
  const { paths } = worldOfJob({ ...job, scenarios: [] });
  const { own, foreign } = removeWorld(paths);
  const kept = foreign.length === 0 ? '' : ` ${foreign.length} files that are not ours were kept.`;
  return { cancelled: false, message: `Removed the world: ${own.length} files.${kept}` };
}
