/** What befalls a region from outside. */
import { at, choice, dc, int, trace } from '../fact-columns.ts';
import { fact } from '../fact-kind.ts';
import { DISRUPTION_STATUSES, DISRUPTION_TYPES, SEVERITIES, SKIES } from '../values.ts';

export const CIRCUMSTANCES = {
  supply_chain_disruption: fact({
    about: 'A disruption began, or was recovered from.',
    columns: [
      trace,
      at,
      dc,
      choice('Type', 'type', DISRUPTION_TYPES, 'What went wrong.'),
      choice('Severity', 'severity', SEVERITIES, 'How bad.'),
      { name: 'Description', field: 'description', type: 'text', about: 'In words.' },
      { name: 'StartTime', field: 'startMs', type: 'instant', about: 'When it began.' },
      {
        name: 'EndTime',
        field: 'endMs',
        type: 'instant',
        about: 'When it ends, as planned at the start.',
      },
      int('ImpactPercentage', 'impactPercent', 'Share of capacity lost, percent.'),
      int('AffectedProducts', 'affectedProducts', 'How many products it touches.'),
      choice('Status', 'status', DISRUPTION_STATUSES, 'Begun or over.'),
    ],
    key: ['TraceId', 'Status'],
  }),
  weather: fact({
    about:
      "The weather of a local day in a region, recorded at the distribution center's midnight.",
    columns: [
      trace,
      at,
      dc,
      {
        name: 'LocalDate',
        field: 'localDateMs',
        type: 'date',
        about: 'The local day, for all stores of the region.',
      },
      choice('Sky', 'sky', SKIES, 'Clear, cloudy, wet for hours or all day, or hot and dry.'),
      int('HighC', 'highC', 'Highest temperature, °C.'),
      int('LowC', 'lowC', 'Lowest temperature, °C.'),
      int('PrecipitationMm', 'precipitationMm', 'Rain, or snow as water, mm.'),
      int(
        'VisitsPercent',
        'visitsPercent',
        'Visits to expect under this sky, percent of a cloudy day.',
      ),
    ],
    key: ['TraceId'],
  }),
} as const;
