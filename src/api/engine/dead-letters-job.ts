/** Publishes the dead letters again. */
import { retryDeadLetters as retry } from '../../stream/retry-dead-letters.ts';
import { readJournal } from '../../delivery/journal-access.ts';
import { placeOfJob } from './job-world.ts';
import type { DeadLettersJob, JobPort, Outcome } from './messages.ts';

export async function retryDeadLetters(job: DeadLettersJob, port: JobPort): Promise<Outcome> {
  const { config, paths } = placeOfJob(job.settings);
  let stop = async () => {};
  port.onCancel(() => void stop());
  const { delivered, kept } = await retry(config, paths, {
    sink: job.sink,
    onOpen: (close) => {
      stop = close;
    },
  });
  const ledger = readJournal(paths.journal)?.ledger;
  if (ledger !== undefined) {
    port.post({ type: 'ledger', ledger: { total: ledger.total(), byType: ledger.rows() } });
  }
  const letters = delivered === 1 ? 'dead letter is' : 'dead letters are';
  const refused =
    kept === 0 ? '' : ` ${kept} more ${kept === 1 ? 'was' : 'were'} refused again and kept.`;
  return { cancelled: false, message: `${delivered} ${letters} delivered.${refused}` };
}
