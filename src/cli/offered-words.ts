/** Words that a shell offers for the value of a flag or an argument, where commander knows no choices. */
import type { Argument, Option } from 'commander';

type Words = () => readonly string[] | Promise<readonly string[]>;

const offered = new WeakMap<Option | Argument, Words>();

/** Says which words to offer; unlike choices, others are not refused. @param words called for a completion only */
export function offering<Asked extends Option | Argument>(option: Asked, words: Words): Asked {
  offered.set(option, words);
  return option;
}

/** Returns the words to offer: its choices, or what it was given. */
export async function wordsOffered(option: Option | Argument): Promise<readonly string[]> {
  return option.argChoices ?? (await offered.get(option)?.()) ?? [];
}
