import { bytes, short, span } from '../../domain/format.ts';
import { Note, Stat } from '../ui/parts.tsx';
import type { EstimateAnswer } from './use-estimate.ts';

const A_FEW_SECONDS = 5;

/** Rows, disk space and time, estimated before the start. */
export function EstimateView({ estimate: { data, error, faults } }: { estimate: EstimateAnswer }) {
  // The problem is shown beside the field.
  if (faults.start_date !== undefined || faults.end_date !== undefined) return null;
  if (error !== undefined) return <Note tone="bad">{error}</Note>;
  if (data === undefined) return <p class="soft">Working out what it takes …</p>;
  if (data.days === 0) return <Note>{data.text}</Note>;
  return (
    <>
      <dl class="stats">
        <Stat label="Days" value={(Math.round(data.days * 10) / 10).toLocaleString('en-US')} />
        <Stat label="Rows" value={short(data.rows)} more="about" />
        <Stat
          label="Disk space"
          value={bytes(data.bytes)}
          more={`${bytes(data.free_bytes)} free`}
        />
        <Stat
          label="Time"
          value={data.seconds < A_FEW_SECONDS ? 'seconds' : span(data.seconds * 1000)}
          more={data.workers === 1 ? 'on one core' : `on ${data.workers} cores`}
        />
      </dl>
      {!data.fits && <Note tone="bad">{data.text}</Note>}
    </>
  );
}
