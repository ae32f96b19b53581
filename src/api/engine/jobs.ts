/** The functions that execute each kind of job. */
import { clearWorld } from './clear-job.ts';
import { retryDeadLetters } from './dead-letters-job.ts';
import { makeHistory } from './history-job.ts';
import { makeMasters } from './master-job.ts';
import type { Job, JobPort, Outcome } from './messages.ts';
import { performStream } from './stream-job.ts';

export function perform(job: Job, port: JobPort): Promise<Outcome> {
  switch (job.kind) {
    case 'master':
      return makeMasters(job, port);
    case 'historical':
      return makeHistory(job, port);
    case 'streaming':
      return performStream(job, port);
    case 'clear':
      return clearWorld(job, port);
    case 'dead-letters':
      return retryDeadLetters(job, port);
  }
}
