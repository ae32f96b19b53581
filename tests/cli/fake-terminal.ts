/** A terminal that remembers what it was told. */
import type { Terminal } from '../../src/cli/terminal.ts';

export interface FakeTerminal extends Terminal {
  readonly stdout: () => string;
  readonly stderr: () => string;
  readonly questions: string[];
}

/** @param texts answers to questions for a text, in order */
export function fakeTerminal(
  answer?: boolean,
  nowMs = Date.parse('2024-03-20T15:00:00Z'),
  texts: readonly string[] = [],
) {
  const answers = [...texts];
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
    isTerminal: false,
    columns: 80,
    confirm: (question) => {
      questions.push(question);
      return Promise.resolve(answer);
    },
    ask: (question) => {
      questions.push(question);
      return Promise.resolve(answers.shift());
    },
    nowMs: () => nowMs,
    stdout: () => stdout,
    stderr: () => stderr,
    questions,
  };
  return terminal;
}
