/** Shown while there is little data: what to do, in order. */
import type { WorldStatus } from '../lib/api-types.ts';

/** @param streams whether the world is being streamed; that it was streamed is only known at the first checkpoint */
export function FirstSteps({ world, streams }: { world: WorldStatus; streams: boolean }) {
  const steps = [
    {
      done: world.has_masters,
      title: 'Make the network',
      text: 'Stores, distribution centers, trucks, customers and products: the master data.',
      href: '#/master',
      action: 'Master data',
    },
    {
      done: world.has_historical_data,
      title: 'Write some history',
      text: 'Simulate some days and write what happened as tables.',
      href: '#/historical',
      action: 'Historical',
    },
    {
      done: streams || world.last_realtime_run !== null,
      title: 'Continue live',
      text: 'The same world continues and streams every event, to Azure Event Hubs or to a hub on this machine.',
      href: '#/realtime',
      action: 'Real-time',
    },
  ];
  if (steps.every(({ done }) => done)) return null;
  const next = steps.findIndex(({ done }) => !done);
  return (
    <section class="card" aria-labelledby="steps-title">
      <h2 id="steps-title">Three steps to a living world</h2>
      <ol class="steps">
        {steps.map(({ done, title, text, href, action }, index) => (
          <li key={title} class={done ? 'done' : index === next ? 'next' : ''}>
            <span class="step-number" aria-hidden="true">
              {done ? '✓' : index + 1}
            </span>
            <div>
              <h3>
                {title}
                {done && <span class="out-of-sight"> (done)</span>}
              </h3>
              <p class="soft">{text}</p>
            </div>
            <a class={`button small ${index === next ? 'main-action' : ''}`} href={href}>
              {action}
            </a>
          </li>
        ))}
      </ol>
    </section>
  );
}
