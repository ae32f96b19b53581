/** The corner where short messages appear. */
import { dismiss, toasts } from '../lib/toasts.ts';
import { Icon } from './icon.tsx';

export function Toasts() {
  return (
    <div class="toasts" role="status" aria-live="polite">
      {toasts.value.map(({ id, tone, text }) => (
        <div key={id} class={`note ${tone}`}>
          <div class="grow">{text}</div>
          <button
            type="button"
            class="button bare small"
            aria-label="Dismiss"
            onClick={() => dismiss(id)}
          >
            <Icon name="close" size={14} />
          </button>
        </div>
      ))}
    </div>
  );
}
