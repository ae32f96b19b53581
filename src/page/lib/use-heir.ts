/** Keeps the place of who uses the keyboard where what had the focus goes away. */
import type { RefObject } from 'preact';
import { useLayoutEffect } from 'preact/hooks';

/**
 * Where the focus was within a part and what had it is gone, something else takes it. To be used by the
 * component that draws the part.
 * @param heir may be the part itself; it needs a tabIndex
 */
export function useHeir(
  part: RefObject<HTMLElement | null>,
  heir: RefObject<HTMLElement | null>,
): void {
  // What is drawn now is not in the document yet: this is how it was before.
  const wasWithin = part.current?.contains(document.activeElement) ?? false;
  useLayoutEffect(() => {
    if (wasWithin && document.activeElement === document.body) heir.current?.focus();
  });
}
