/** The cast: every statechart that plays in a world, by id. */
import type { AnyStateMachine } from 'xstate';
import { campaign } from './campaign.ts';
import { customerSession } from './customer-session.ts';
import { disruption } from './disruption.ts';
import { distributionCenter } from './distribution-center.ts';
import { onlineOrder } from './online-order.ts';
import { onlineShop } from './online-shop.ts';
import { store } from './store.ts';
import { supplier } from './supplier.ts';
import { truck } from './truck.ts';
import { weatherStation } from './weather-station.ts';

export const CAST = {
  store,
  customerSession,
  distributionCenter,
  truck,
  supplier,
  onlineOrder,
  onlineShop,
  campaign,
  disruption,
  weatherStation,
} as const satisfies Record<string, AnyStateMachine>;

export type Role = keyof typeof CAST;
