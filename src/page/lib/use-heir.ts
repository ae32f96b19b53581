/** Keeps the place of keyboard users when the focused element disappears. */
import type { RefObject } from 'preact';
import { useLayoutEffect } from 'preact/hooks';

/**
 * If the focused element within a part disappears, another element takes the focus. Use it in the
 * component that renders the part.
 * @param heir takes the focus; may be the part itself; needs a tabIndex
 */
export function useHeir(
  part: RefObject<HTMLElement | null>,
  heir: RefObject<HTMLElement | null>,
): void {
  // The new elements are not in the document yet: this is the state before.
  const wasWithin = part.current?.contains(document.activeElement) ?? false;
  useLayoutEffect(() => {
    if (wasWithin && document.activeElement === document.body) heir.current?.focus();
  });
}
