/** A button that asks before an action that can't be undone. */
import { useLayoutEffect, useRef, useState } from 'preact/hooks';

export function AskFirst({
  label,
  keep,
  go,
  busy = false,
  disabled = false,
  onGo,
}: {
  label: string;
  /** Cancels. */
  keep: string;
  /** Performs the action. */
  go: string;
  busy?: boolean;
  disabled?: boolean;
  onGo: () => void;
}) {
  const [asked, setAsked] = useState<boolean>();
  const first = useRef<HTMLButtonElement>(null);
  // The focused button is gone: keyboard users continue at the one in its place.
  useLayoutEffect(() => {
    if (asked !== undefined) first.current?.focus();
  }, [asked]);
  if (!asked) {
    return (
      <button
        ref={first}
        type="button"
        class="button bare"
        disabled={disabled}
        aria-disabled={busy}
        onClick={() => setAsked(true)}
      >
        {label}
      </button>
    );
  }
  return (
    <>
      <button ref={first} type="button" class="button bare" onClick={() => setAsked(false)}>
        {keep}
      </button>
      <button
        type="button"
        class="button danger"
        disabled={disabled}
        aria-disabled={busy}
        onClick={() => {
          setAsked(false);
          onGo();
        }}
      >
        {go}
      </button>
    </>
  );
}
