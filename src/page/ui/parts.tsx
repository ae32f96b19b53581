/** Small components shared by all tabs. */
import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';

type Tone = 'good' | 'warn' | 'bad' | 'plain';

export function Note({
  tone = 'plain',
  alert = false,
  children,
}: {
  tone?: Tone;
  alert?: boolean;
  children: ComponentChildren;
}) {
  return (
    <div class={`note ${tone}`} role={alert ? 'alert' : undefined}>
      <div>{children}</div>
    </div>
  );
}

export function Badge({ tone = 'plain', children }: { tone?: Tone; children: ComponentChildren }) {
  return <span class={`badge ${tone}`}>{children}</span>;
}

/** Shown if there is nothing yet, with what to do about it. */
export function Empty({ title, children }: { title: string; children: ComponentChildren }) {
  return (
    <div class="empty">
      <strong>{title}</strong>
      {children}
    </div>
  );
}

export function Stat({
  label,
  value,
  more,
}: {
  label: string;
  value: ComponentChildren;
  more?: ComponentChildren;
}) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>
        {value}
        {more !== undefined && <small>{more}</small>}
      </dd>
    </div>
  );
}

/** A bar from 0 to 1, with what it measures. */
export function Meter({ share, label }: { share: number; label: string }) {
  const percent = Math.round(Math.min(1, Math.max(0, share)) * 100);
  return (
    <div
      class="meter"
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent}
    >
      <div style={{ width: `${percent}%` }} />
    </div>
  );
}

export interface FieldProps {
  label: string;
  hint?: ComponentChildren;
  fault?: string | undefined;
  children: (ids: {
    id: string;
    'aria-describedby': string;
    'aria-invalid': boolean;
  }) => ComponentChildren;
}

/** A labelled input; screen readers read its hint and its problem too. */
export function Field({ label, hint, fault, children }: FieldProps) {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {children({ id, 'aria-describedby': `${id}-more`, 'aria-invalid': fault !== undefined })}
      <div id={`${id}-more`}>
        {fault !== undefined && <div class="fault">{fault}</div>}
        {hint !== undefined && <div class="hint">{hint}</div>}
      </div>
    </div>
  );
}

/** A choice of one among a few. */
export function Segments<T extends string | number>({
  label,
  options,
  value,
  onChoose,
  disabled = false,
}: {
  label: string;
  options: readonly { value: T; label: string }[];
  /** Null if none is chosen. */
  value: T | null;
  onChoose: (value: T) => void;
  disabled?: boolean;
}) {
  return (
    <fieldset class="segments" disabled={disabled}>
      <legend class="out-of-sight">{label}</legend>
      {options.map((option) => (
        <button
          type="button"
          key={option.value}
          aria-pressed={option.value === value}
          onClick={() => onChoose(option.value)}
        >
          {option.label}
        </button>
      ))}
    </fieldset>
  );
}
