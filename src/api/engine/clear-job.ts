/** Removes a world. */
import { hubLock } from '../../hub/disk/hub-files.ts';
import { watchLock } from '../../store/lock.ts';
import { removeWorld } from '../../store/remove-world.ts';
import { whole } from '../../domain/format.ts';
import { placeOfJob } from './job-world.ts';
import type { ClearJob, JobPort, Outcome } from './messages.ts';

const TELL_EVERY_MS = 100;

export async function clearWorld(job: ClearJob, port: JobPort): Promise<Outcome> {
  const { paths } = placeOfJob(job.settings);
  const onNote = (text: string) => port.post({ type: 'note', text });
  for (const lock of [paths.lock, hubLock(paths.hub)]) await watchLock(lock, { onNote });
  let toldMs = Number.NEGATIVE_INFINITY;
  const { own, foreign } = removeWorld(paths, (removed, all) => {
    // A world may have a hundred thousand files.
    const nowMs = performance.now();
    if (nowMs - toldMs < TELL_EVERY_MS) return;
    toldMs = nowMs;
    const message = `${whole(removed)} of ${whole(all)} files removed`;
    port.post({ type: 'update', update: { progress: removed / all, message } });
  });
  const kept =
    foreign.length === 0 ? '' : ` ${whole(foreign.length)} files of other programs were kept.`;
  return { cancelled: false, message: `Removed the world: ${whole(own.length)} files.${kept}` };
}
