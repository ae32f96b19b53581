/** Reads the ledger of a stream of an earlier server, or of another program, from its journal. */
import { statSync } from 'node:fs';
import type { WorldPaths } from '../store/paths.ts';
import type { StreamStatus } from '../stream/stream-status.ts';
import { readJournal } from '../delivery/journal-access.ts';

export type LedgerFigures = Pick<StreamStatus, 'total' | 'byType'>;

export class LastLedger {
  private readonly paths: () => WorldPaths;
  private read: { readonly mark: string; readonly ledger: LedgerFigures | undefined } | undefined;

  constructor(paths: () => WorldPaths) {
    this.paths = paths;
  }

  /** Ledger of the last stream; undefined if there was none, or its journal is damaged (the next stream reports it). */
  get figures(): LedgerFigures | undefined {
    const { journal } = this.paths();
    const stat = statSync(journal, { throwIfNoEntry: false });
    const mark = stat === undefined ? `${journal} -` : `${journal} ${stat.size} ${stat.mtimeMs}`;
    if (this.read?.mark !== mark) this.read = { mark, ledger: figuresIn(journal) };
    return this.read.ledger;
  }
}

function figuresIn(journal: string): LedgerFigures | undefined {
  try {
    const ledger = readJournal(journal)?.ledger;
    return ledger && { total: ledger.total(), byType: ledger.rows() };
  } catch {
    return undefined;
  }
}
