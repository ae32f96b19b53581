/** What was typed into the form and not saved: it stays while other tabs are looked at. */
import { signal } from '@preact/signals';

/** Texts by path of the field. */
export const edits = signal<ReadonlyMap<string, string>>(new Map());

export function forgetEdits(): void {
  edits.value = new Map();
}
