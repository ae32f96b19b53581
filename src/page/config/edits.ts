/** Unsaved edits of the form: they stay while other tabs are shown. */
import { signal } from '@preact/signals';

/** Texts by path of the field. */
export const edits = signal<ReadonlyMap<string, string>>(new Map());

export function forgetEdits(): void {
  edits.value = new Map();
}
