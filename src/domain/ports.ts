/**
 * All that an actor may touch: for each statechart, what its entity can be asked and told to do.
 *
 * The statecharts in actors/ say when; the entities in src/entities/ say how. A role has one name: the statechart
 * `store` in actors/store.ts acts through `StorePort`, which the entity `Store` in src/entities/store.ts implements.
 *
 * Guards are pure questions: they change nothing and draw nothing, however often they are asked. Delays are whole
 * milliseconds from now and are asked for once each time a timer starts.
 */

/** One visit of a customer to a store. */
export interface CustomerSessionPort extends CustomerSessionGuards {
  enter(): void;
  entranceDwellMs(): number;
  walkOn(): void;
  zoneDwellMs(): number;
  takeGoods(): void;
  joinQueue(): void;
  collectOrder(): void;
  checkoutServiceMs(): number;
  authorisationMs(): number;
  pay(): void;
  freeLane(): void;
  headForExit(): void;
  exitWalkMs(): number;
  leave(): void;
  ping(): void;
  pingIntervalMs(): number;
}

export interface CustomerSessionGuards {
  zonesLeft(): boolean;
  needsTill(): boolean;
  laneAssigned(): boolean;
  hasGoods(): boolean;
}

export interface StorePort extends StoreGuards {
  untilOpeningMs(): number;
  unlockingMs(): number;
  openDoors(): void;
  nextArrivalMs(): number;
  admitArrival(): void;
  untilMorningRoundMs(): number;
  fillBeforeOpening(): void;
  untilFillRoundMs(): number;
  loseGoods(): void;
  fillShelves(): void;
  untilWalkMs(): number;
  walkShelves(): void;
  admitPlannedVisit(visit: number): void;
  postponeVisit(visit: number): void;
  takeBack(goods: number): void;
  postponeReturn(goods: number): void;
  untilClosingMs(): number;
  shutDoors(): void;
  lockUp(): void;
  stockCountMs(): number;
  countStock(): void;
  stockReviewMs(): number;
  reviewStock(): void;
}

export interface StoreGuards {
  mayOpen(): boolean;
  /** Whether nobody is inside any more. */
  deserted(): boolean;
}

export interface DistributionCenterPort extends DistributionCenterGuards {
  resumeDocks(): void;
  strikeDisruption(disruption: number): void;
  considerDisruption(): void;
  dispatch(): void;
  dispatchRoundMs(): number;
  startPicking(): void;
  pickingMs(): number;
  stageShipment(): void;
  startUnloading(): void;
  unloadingMs(): number;
  putAway(): void;
  untilCountMs(): number;
  countStock(): void;
  countMs(): number;
  reviewStock(): void;
  /** Records what is on order when the world opens. */
  bringForward(): void;
}

export interface DistributionCenterGuards {
  operating(): boolean;
  pickPending(): boolean;
  unloadPending(): boolean;
}

/** A truck with the trip it is on. */
export interface TruckPort extends TruckGuards {
  recordScheduled(): void;
  recordLoading(): void;
  loadingMs(): number;
  load(): void;
  dutyRestMs(): number;
  rest(): void;
  depart(): void;
  /** Until the end of this stretch: arrival, a breakdown, or home. */
  driveMs(): number;
  /** The roads have changed on the way: what is driven is driven. */
  noteProgress(): void;
  latenessMs(): number;
  recordDelay(): void;
  breakDown(): void;
  repairMs(): number;
  arrive(): void;
  dockWaitMs(): number;
  /** Announces a supplier truck at the DC's yard. */
  checkIn(): void;
  recordUnloading(): void;
  unloadingMs(): number;
  deliver(): void;
  startReturn(): void;
  comeHome(): void;
}

export interface TruckGuards {
  mayLoad(): boolean;
  /** Whether the driver must rest before the leg that comes next. */
  needsRest(): boolean;
  /** Whether it can move off from the dock. */
  mayLeave(): boolean;
  /** Whether it stands on the road, for longer than a repair takes. */
  stopped(): boolean;
  brokenDown(): boolean;
  unloadsAtDc(): boolean;
}

export interface SupplierPort extends SupplierGuards {
  acceptOrder(purchaseOrder: number): void;
  releaseGoods(purchaseOrder: number): void;
}

export interface SupplierGuards {
  ordersOpen(): boolean;
}

export interface OnlineOrderPort extends OnlineOrderGuards {
  place(): void;
  pickWorkMs(): number;
  changeOfMindMs(): number;
  recheckMs(): number;
  recordPicked(): void;
  stagingMs(): number;
  recordReady(): void;
  pickupDeadlineMs(): number;
  recordCollected(): void;
  shipDelayMs(): number;
  recordShipped(): void;
  deliveryMs(): number;
  recordDelivered(): void;
  cancel(): void;
}

export interface OnlineOrderGuards {
  nodeOperating(): boolean;
  patienceOver(): boolean;
  forPickup(): boolean;
}

export interface OnlineShopPort {
  nextOrderMs(): number;
  takeOrder(): void;
  takeAdOrder(order: number): void;
  recordClick(click: number): void;
  untilPlanningMs(): number;
  planCampaigns(): void;
}

export interface WeatherStationPort {
  untilRecordMs(): number;
  record(): void;
}

export interface CampaignPort {
  untilStartMs(): number;
  nextImpressionMs(): number;
  showAd(): void;
  untilEndMs(): number;
  end(): void;
}

export interface DisruptionPort extends DisruptionGuards {
  untilStrikeMs(): number;
  strike(): void;
  durationMs(): number;
  recover(): void;
  /** It was cancelled before it struck. */
  drop(): void;
}

export interface DisruptionGuards {
  due(): boolean;
}
