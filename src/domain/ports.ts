/**
 * All that an actor may touch: for each statechart, what its entity can be asked and told to do.
 *
 * The statecharts in actors/ say when; the entities in src/entities/ say how. Delays are whole
 * milliseconds from now and are asked for once each time a timer starts.
 */

/** One visit of a customer to a store. */
export interface CustomerSession {
  enter(): void;
  entranceDwellMs(): number;
  zonesLeft(): boolean;
  walkOn(): void;
  zoneDwellMs(): number;
  takeGoods(): void;
  needsTill(): boolean;
  joinQueue(): void;
  laneAssigned(): boolean;
  collectOrder(): void;
  checkoutServiceMs(): number;
  hasGoods(): boolean;
  authorisationMs(): number;
  pay(): void;
  freeLane(): void;
  headForExit(): void;
  exitWalkMs(): number;
  leave(): void;
  ping(): void;
  pingIntervalMs(): number;
}

export interface StoreFloor {
  untilOpeningMs(): number;
  mayOpen(): boolean;
  unlockingMs(): number;
  openDoors(): void;
  nextArrivalMs(): number;
  admitArrival(): void;
  admitPlannedVisit(visit: number): void;
  postponeVisit(visit: number): void;
  takeBack(goods: number): void;
  postponeReturn(goods: number): void;
  untilClosingMs(): number;
  deserted(): boolean;
  lockUp(): void;
  stockCountMs(): number;
  countStock(): void;
  stockReviewMs(): number;
  reviewStock(): void;
}

export interface Warehouse {
  operating(): boolean;
  resumeDocks(): void;
  strikeDisruption(disruption: number): void;
  considerDisruption(): void;
  dispatch(): void;
  dispatchRoundMs(): number;
  pickPending(): boolean;
  startPicking(): void;
  pickingMs(): number;
  stageShipment(): void;
  unloadPending(): boolean;
  startUnloading(): void;
  unloadingMs(): number;
  putAway(): void;
  untilCountMs(): number;
  countStock(): void;
  countMs(): number;
  reviewStock(): void;
}

/** A truck with the trip it is on. */
export interface Trip {
  recordScheduled(): void;
  mayLoad(): boolean;
  recordLoading(): void;
  loadingMs(): number;
  load(): void;
  /** Whether the driver must rest before the leg out (or back). */
  needsRest(out: boolean): boolean;
  dutyRestMs(): number;
  rest(): void;
  depart(): void;
  /** Whether it can move off from the dock. */
  mayLeave(): boolean;
  /** Whether it stands on the road, for longer than a repair takes. */
  stopped(): boolean;
  /** Until the end of this stretch: arrival, a breakdown, or home. */
  driveMs(): number;
  /** The roads have changed on the way: what is driven is driven. */
  noteProgress(): void;
  latenessMs(): number;
  recordDelay(): void;
  brokenDown(): boolean;
  breakDown(): void;
  repairMs(): number;
  arrive(): void;
  dockWaitMs(): number;
  unloadsAtDc(): boolean;
  /** Announces a supplier truck at the DC's yard. */
  checkIn(): void;
  recordUnloading(): void;
  unloadingMs(): number;
  deliver(): void;
  startReturn(): void;
  comeHome(): void;
}

export interface SupplierDesk {
  acceptOrder(purchaseOrder: number): void;
  releaseGoods(purchaseOrder: number): void;
  ordersOpen(): boolean;
}

export interface OnlineOrder {
  place(): void;
  pickWorkMs(): number;
  changeOfMindMs(): number;
  nodeOperating(): boolean;
  recheckMs(): number;
  patienceOver(): boolean;
  recordPicked(): void;
  forPickup(): boolean;
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

export interface OnlineShop {
  nextOrderMs(): number;
  takeOrder(): void;
  untilPlanningMs(): number;
  planCampaigns(): void;
}

export interface CampaignRun {
  untilStartMs(): number;
  nextImpressionMs(): number;
  showAd(): void;
  untilEndMs(): number;
  end(): void;
}

export interface DisruptionEvent {
  due(): boolean;
  untilStrikeMs(): number;
  strike(): void;
  durationMs(): number;
  recover(): void;
  /** It was cancelled before it struck. */
  drop(): void;
}
