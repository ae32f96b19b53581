import type { ScenarioList } from '../lib/api-types.ts';
import { Note } from '../ui/parts.tsx';

/** What happens besides ordinary life; several scenarios may be combined. */
export function ScenarioChoice({
  list: { scenarios, faults },
  chosen,
  onChoose,
}: {
  list: ScenarioList;
  chosen: readonly string[];
  onChoose: (chosen: readonly string[]) => void;
}) {
  if (scenarios.length === 0 && faults.length === 0) return null;
  return (
    <fieldset class="stack">
      <legend class="legend">
        Scenarios <span class="soft">none is ordinary life; they stay with the world</span>
      </legend>
      <div class="choices">
        {scenarios.map(({ name, title, description }) => (
          <label class="choice" key={name}>
            <input
              type="checkbox"
              checked={chosen.includes(name)}
              onChange={(event) =>
                onChoose(
                  event.currentTarget.checked
                    ? [...chosen, name]
                    : chosen.filter((each) => each !== name),
                )
              }
            />
            <span>
              {title}
              <small>{description}</small>
            </span>
          </label>
        ))}
      </div>
      {faults.map(({ name, detail }) => (
        <Note tone="warn" key={name}>
          Not offered: {name}. {detail}
        </Note>
      ))}
    </fieldset>
  );
}
