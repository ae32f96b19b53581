/** What is known about the selected store, center or truck, with its last hours. */
import { directory, placeName, type Target, truckName } from '../lib/places.ts';
import { Icon } from '../ui/icon.tsx';
import { DcDetail } from './detail-dc.tsx';
import { StoreDetail } from './detail-store.tsx';
import { TruckDetail } from './detail-truck.tsx';

export function Detail({
  target,
  onChoose,
}: {
  target: Target;
  onChoose: (target: Target | null) => void;
}) {
  const { kind, id } = target;
  const title = kind === 'truck' ? truckName(id) : placeName(kind, id);
  return (
    <section class="detail" aria-label={title} aria-live="off">
      <header>
        <div>
          <p class="soft">{kindOf(target)}</p>
          <h2>{title}</h2>
        </div>
        <button
          type="button"
          class="button bare small"
          aria-label="Close"
          onClick={() => onChoose(null)}
        >
          <Icon name="close" size={16} />
        </button>
      </header>
      {kind === 'store' && <StoreDetail key={id} id={id} onChoose={onChoose} />}
      {kind === 'dc' && <DcDetail id={id} onChoose={onChoose} />}
      {kind === 'truck' && <TruckDetail key={id} id={id} onChoose={onChoose} />}
    </section>
  );
}

function kindOf({ kind, id }: Target): string {
  if (kind === 'dc') return 'Distribution center';
  if (kind === 'truck') {
    const truck = directory.value.trucks.get(id);
    const owner = truck?.dcId === null ? 'Supplier’s truck' : 'Truck';
    return truck?.refrigerated ? `${owner}, refrigerated` : owner;
  }
  const format = directory.value.stores.get(id)?.format;
  return format === undefined ? 'Store' : `Store, ${format.toLowerCase()}`;
}
