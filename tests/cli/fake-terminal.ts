/** A terminal that remembers what it was told. */
import type { Terminal } from '../../src/cli/terminal.ts';

export interface FakeTerminal extends Terminal {
  readonly stdout: () => string;
  readonly stderr: () => string;
  readonly questions: string[];
}

export function fakeTerminal(answer?: boolean, nowMs = Date.parse('2024-03-20T15:00:00Z')) {
  let stdout = '';
  let stderr = '';
  const questions: string[] = [];
  const terminal: FakeTerminal = {
    out: (text) => {
      stdout += text;
    },
    say: (text) => {
      stderr += text;
    },
    live: false,
    columns: 80,
    confirm: (question) => {
      questions.push(question);
      return Promise.resolve(answer);
    },
    nowMs: () => nowMs,
    stdout: () => stdout,
    stderr: () => stderr,
    questions,
  };
  return terminal;
}
