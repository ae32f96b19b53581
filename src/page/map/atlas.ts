/** The states, from the atlas bundled with the program. */
import { feature, mesh } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';
import atlas from 'us-atlas/states-10m.json';

const topology = atlas as unknown as Topology<{
  states: GeometryCollection;
  nation: GeometryCollection;
}>;

export const nation = feature(topology, topology.objects.nation);
/** Borders between states, each once; without the coast. */
export const borders = mesh(topology, topology.objects.states, (a, b) => a !== b);
