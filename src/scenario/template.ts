/** A scenario to begin with: every part of the form, with comments. */

/** Returns the text of a YAML file. @param name of the scenario */
export function scenarioTemplate(name: string): string {
  return `# What happens in the world. "sim scenario validate" checks this file, "sim scenario check" what it promises.

# Lower-case letters, digits and dashes; the name of the file.
name: ${JSON.stringify(name)}
title: One line that tells what happens
description: >-
  What happens, to whom, and what to look for in the data.

# When, for effects that say nothing else: days from the world's opening. It can also be from one instant to another,
# such as { from: 2024-06-17, to: 2024-06-24 }, or around a holiday: { holiday: easter, fromDays: -3, toDays: 1 }, or come again:
# { every: friday, fromHour: 16, toHour: 20 }. Parameters, weather and conditions: see scenarios/README.md of the project.
window: { fromDays: 3, toDays: 6 }

# Where, for effects that name no place themselves: the region of the first distribution center.
targets: { dcs: [1] }

# Kinds: traffic, purchase, basket, online, fulfillment, adImpressions, adResponse, adClicks, departmentDemand, productDemand,
# price, promotion, returns, closure, lanes, tender, declines, shelfFilling, shrink, recordErrors, spoilage, dcSpoilage,
# dcCapacity, supply, leadTime, travelTime, breakdown, trucksOut, weather, disruption.
effects:
  # A factor multiplies what there is without the scenario; the ramp lets it build up over a day.
  - kind: traffic
    factor: 1.5
    ramp: { upDays: 1 }

# A world in which to see it: volumes over those of the preset small.
trial:
  from: 2024-03-04
  days: 8

# What the trial shows beside the same world without the scenario, as a ratio of the two.
expect:
  - metric: visits
    where: { dcs: [1], during: { fromDays: 4, toDays: 6 } }
    atLeast: 1.3
    atMost: 1.7
  - untouched: other-regions
`;
}
