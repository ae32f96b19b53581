/** A command's input and output: data to stdout, messages and progress to stderr, questions. */
import { createInterface } from 'node:readline/promises';
import { systemFault } from '../tables/output-fault.ts';
import type { LineOutput } from '../run/status-line.ts';

export interface Terminal {
  /** Writes data to stdout. */
  out(text: string): void;
  /** Writes a message to stderr. */
  say(text: string): void;
  /** Whether stderr is a terminal: progress is then redrawn instead of listed. */
  readonly isTerminal: boolean;
  /** Width of the terminal in characters. */
  readonly columns: number;
  /** Asks a yes-or-no question; undefined if nobody can answer. */
  confirm(question: string): Promise<boolean | undefined>;
  /** Asks for a line of text; undefined if nobody can answer. */
  ask(question: string): Promise<string | undefined>;
  /** Wall clock, epoch ms. */
  nowMs(): number;
}

/** Where a status line writes its messages. */
export function messagesOf({ say, isTerminal, columns }: Terminal): LineOutput {
  return { write: say, isTerminal, columns };
}

/** An output that is not a terminal. */
export function listing(write: (text: string) => void): LineOutput {
  return { write, isTerminal: false, columns: 0 };
}

/** The terminal of this process. */
export function processTerminal(): Terminal {
  // The reader of our output has read enough (`sim status | head`): not an error.
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EPIPE') process.exit();
      const name = stream === process.stdout ? 'stdout' : 'stderr';
      // If stderr accepts nothing, nobody can be told.
      if (name === 'stdout') process.stderr.write(`error: ${systemFault(name, error)}\n`);
      process.exit(1);
    });
  }
  return {
    out: (text) => void process.stdout.write(text),
    say: (text) => void process.stderr.write(text),
    isTerminal: process.stderr.isTTY === true,
    get columns() {
      return process.stderr.columns ?? 80;
    },
    confirm,
    ask,
    nowMs: () => Date.now(),
  };
}

async function confirm(question: string): Promise<boolean | undefined> {
  const answer = await ask(`${question} [y/N]`);
  return answer === undefined ? undefined : /^y(es)?$/i.test(answer.trim());
}

async function ask(question: string): Promise<string | undefined> {
  if (process.stdin.isTTY !== true || process.stderr.isTTY !== true) return undefined;
  const reader = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return await reader.question(`${question} `);
  } finally {
    reader.close();
  }
}
