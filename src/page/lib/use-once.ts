/** One press, one request: what is pressed again meanwhile is not heard. */
import { useRef, useState } from 'preact/hooks';

/**
 * Whether the work is under way, and what does it. A button shows that with `aria-disabled`: one that is
 * `disabled` would lose the focus, and with it whoever uses the keyboard would lose their place.
 */
export function useOnce(): [busy: boolean, once: (work: () => Promise<unknown>) => Promise<void>] {
  const [busy, setBusy] = useState(false);
  // A second press comes before the state is drawn.
  const underWay = useRef(false);
  const once = async (work: () => Promise<unknown>) => {
    if (underWay.current) return;
    underWay.current = true;
    setBusy(true);
    try {
      await work();
    } finally {
      underWay.current = false;
      setBusy(false);
    }
  };
  return [busy, once];
}
