/** The meaning of the signs on the map. */

export function Legend() {
  return (
    <details class="map-legend" open={innerWidth > 820}>
      <summary>Legend</summary>
      <ul>
        <li>
          <svg viewBox="0 0 22 20" aria-hidden="true">
            <circle class="legend-store" cx="6" cy="10" r="3" />
            <circle class="legend-store" cx="15" cy="10" r="6" />
          </svg>
          Store; its size shows the people inside
        </li>
        <li>
          <svg viewBox="0 0 22 20" aria-hidden="true">
            <circle class="legend-shut" cx="11" cy="10" r="4" />
          </svg>
          Closed store
        </li>
        <li>
          <svg viewBox="0 0 22 20" aria-hidden="true">
            <circle class="legend-store" cx="11" cy="10" r="4" />
            <path class="legend-alarm" d="M8.4 3.7a7 7 0 1 0 5.2 0" />
          </svg>
          Out of stock
        </li>
        <li>
          <svg viewBox="0 0 22 20" aria-hidden="true">
            <rect class="legend-dc" x="5" y="4" width="12" height="12" rx="3" />
          </svg>
          Distribution center
        </li>
        <li>
          <svg viewBox="0 0 22 20" aria-hidden="true">
            <path class="legend-trail" d="M2 10h9" />
            <path class="legend-truck" d="M19 10l-8 4.5 2-4.5-2-4.5z" />
          </svg>
          Truck; outline: empty, red: late
        </li>
        <li>
          <svg viewBox="0 0 22 20" aria-hidden="true">
            <path class="legend-broken" d="M16 10l-8 4.5 2-4.5-2-4.5z" />
            <path class="legend-broken" d="M19 5.5v9" />
          </svg>
          Truck that broke down
        </li>
        <li>
          <svg viewBox="0 0 22 20" aria-hidden="true">
            <path class="legend-dock" d="M4 8h4v4H4zM9 8h4v4H9zM14 8h4v4h-4z" />
          </svg>
          Trucks at a dock
        </li>
        <li>
          <svg viewBox="0 0 22 20" aria-hidden="true">
            <circle class="legend-trouble" cx="11" cy="10" r="7" />
          </svg>
          Disruption
        </li>
        <li>
          <svg viewBox="0 0 22 20" aria-hidden="true">
            <path class="legend-night" d="M4 5h14v10H4z" />
          </svg>
          Night
        </li>
      </ul>
    </details>
  );
}
