/** Short messages in a corner: what was done, or why not. */
import { signal } from '@preact/signals';

export interface Toast {
  readonly id: number;
  readonly tone: 'good' | 'bad' | 'warn';
  readonly text: string;
}

const SHOWN_MS = 6000;
let nextId = 1;

export const toasts = signal<readonly Toast[]>([]);

export function toast(tone: Toast['tone'], text: string): void {
  const id = nextId++;
  toasts.value = [...toasts.value.slice(-2), { id, tone, text }];
  setTimeout(() => dismiss(id), tone === 'bad' ? SHOWN_MS * 2 : SHOWN_MS);
}

export function dismiss(id: number): void {
  toasts.value = toasts.value.filter((each) => each.id !== id);
}

// They may cover what a keyboard user wants to see.
addEventListener('keydown', ({ key }) => {
  if (key === 'Escape' && toasts.value.length > 0) toasts.value = [];
});

/** Runs an action and shows a message if it fails. */
export async function attempt<T>(work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    toast('bad', error instanceof Error ? error.message : String(error));
    return undefined;
  }
}
