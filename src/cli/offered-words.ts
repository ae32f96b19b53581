/** Words that a shell offers for the value of a flag, where commander knows no choices. */
import type { Option } from 'commander';

type Words = () => readonly string[] | Promise<readonly string[]>;

const offered = new WeakMap<Option, Words>();

/** Says which words to offer; unlike choices, others are not refused. @param words called for a completion only */
export function offering(option: Option, words: Words): Option {
  offered.set(option, words);
  return option;
}

/** Returns the words to offer for a flag: its choices, or what it was given. */
export async function wordsOffered(option: Option): Promise<readonly string[]> {
  return option.argChoices ?? (await offered.get(option)?.()) ?? [];
}
