/** The settings of the world and of the stream, and the removal of the world. */
import { get } from '../lib/http.ts';
import { useResource } from '../lib/use-resource.ts';
import { Note } from '../ui/parts.tsx';
import { ConfigForm } from './config-form.tsx';
import { ConnectionCard } from './connection-card.tsx';
import { DangerZone } from './danger-zone.tsx';
import type { ConfigSchema, ShownConfig } from './fields.ts';

export function ConfigTab() {
  const schema = useResource<ConfigSchema>('/api/config/schema');
  const shown = useResource<ShownConfig>('/api/config');
  const saved = async () => shown.replace(await get<ShownConfig>('/api/config'));
  const error = schema.error ?? shown.error;
  return (
    <div class="page">
      <header>
        <h1>Config</h1>
        <p>
          The size of the world and the target of the stream. The command line reads the same file.
          The settings that define a world are fixed once it exists.
        </p>
      </header>
      {error !== undefined && <Note tone="bad">{error}</Note>}
      {shown.data?.notes.map((note) => (
        <Note key={note} tone="warn">
          {note}
        </Note>
      ))}
      {schema.data !== undefined && shown.data !== undefined && (
        <ConfigForm schema={schema.data} shown={shown.data} onSaved={saved} />
      )}
      {/* Shown only after the form above: it would push the form out of view while the user is editing. */}
      {(error !== undefined || (schema.data !== undefined && shown.data !== undefined)) && (
        <>
          <ConnectionCard shown={shown.data} onSaved={saved} />
          <DangerZone />
        </>
      )}
    </div>
  );
}
