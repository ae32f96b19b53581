/** The network in a few figures. */
import { money, short, whole } from '../lib/format.ts';
import { disruptionLabel } from '../lib/disruption-words.ts';
import { live } from '../lib/live.ts';
import { targetName } from '../lib/places.ts';
import { Badge } from '../ui/parts.tsx';

export function Vitals() {
  const state = live.value;
  if (state === null) return <p class="soft">Waiting for the server.</p>;
  const { stores, trucks, disruptions, rates } = state;
  const sum = (pick: (row: (typeof stores)[number]) => number) =>
    stores.reduce((total, row) => total + pick(row), 0);
  const active = disruptions.filter(({ status }) => status === 'active');
  const moving = trucks.filter((row) => row[8] !== null).length;
  return (
    <section class="vitals" aria-label="The network now">
      <dl>
        <div>
          <dt>People in stores</dt>
          <dd>{whole(sum((row) => row[1]))}</dd>
        </div>
        <div>
          <dt>Stores open</dt>
          <dd>
            {sum((row) => row[2])} <small>of {stores.length}</small>
          </dd>
        </div>
        <div>
          <dt>Sales today</dt>
          <dd>{money(sum((row) => row[4]))}</dd>
        </div>
        <div>
          <dt>Trucks driving</dt>
          <dd>{moving}</dd>
        </div>
        <div>
          <dt>Out of stock</dt>
          <dd>{whole(sum((row) => row[3]))}</dd>
        </div>
        <div>
          <dt>Facts per second</dt>
          <dd>{short(Math.max(rates.eventsPerSecond, rates.rowsPerSecond))}</dd>
        </div>
      </dl>
      {active.map(({ id, type, target, severity }) => (
        <div key={id} class="row">
          <Badge tone="warn">{Math.round(severity * 100)} %</Badge>
          <span>
            {disruptionLabel(type)}: {targetName(target)}
          </span>
        </div>
      ))}
    </section>
  );
}
