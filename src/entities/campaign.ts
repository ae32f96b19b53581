/** A campaign as one region's customers see it: impressions over the days, and the visits that they cause. */
import type { CampaignPort } from '../domain/ports.ts';
import { purposeKey, Substream } from '../engine/substream.ts';
import { DAY_MS } from '../engine/time.ts';
import { exponential } from '../engine/variates.ts';
import {
  ATTRIBUTION_MIN_MS,
  type Campaign as CampaignPlan,
  CLICK_THROUGH,
  CONVERSION,
  CREATIVES_PER_CAMPAIGN,
  LATEST_ENTRY_MS,
  VIEW_THROUGH,
} from '../policy/campaigns.ts';
import { PURPOSE } from './occasion.ts';
import type { PlannedVisits, VisitableStore } from './planned-visits.ts';
import type { RegionServices } from './services.ts';

const ADS = purposeKey('campaign', 'impressions');
const DEVICE_SHARES = [0.6, 0.3, 0.1];

/** The parts of its region that a campaign uses. */
export interface CampaignRegion extends RegionServices {
  readonly patrons: { readonly firstCustomerId: number; readonly count: number };
  readonly impressions: {
    nextId(): number;
    /** Called when a customer has seen the campaign. */
    add(patron: number, impressionId: number, atMs: number): void;
  };
  readonly campaigns: { ended(campaign: Campaign): void };
  readonly plannedVisits: PlannedVisits;
  /** Returns a customer's home store. */
  homeStore(customerId: number): VisitableStore;
}

/** State of a campaign in a checkpoint. */
export type SavedCampaign = {
  campaign: CampaignPlan;
  handle: number;
  shown: number;
  stream: number[];
};

export class Campaign implements CampaignPort {
  private readonly region: CampaignRegion;
  private readonly plan: CampaignPlan;
  handle = 0;
  private shown = 0;
  private stream: Substream;
  /** Number of impressions that the region's share of the budget pays for. */
  private readonly limit: number;

  constructor(region: CampaignRegion, plan: CampaignPlan) {
    this.region = region;
    this.plan = plan;
    this.stream = Substream.of(region.seed, ADS, region.plan.id * 1_000_000 + plan.id);
    const impressions = plan.budgetCents / plan.costPerImpressionCents;
    this.limit = Math.floor(impressions * region.plan.customerShare);
  }

  untilStartMs(): number {
    return Math.max(0, this.plan.startMs - this.region.nowMs);
  }

  untilEndMs(): number {
    return Math.max(1, this.plan.endMs - this.region.nowMs);
  }

  end(): void {
    this.region.campaigns.ended(this);
  }

  nextImpressionMs(): number {
    const perDay = this.plan.impressionsPerDay * this.region.plan.customerShare;
    if (this.shown >= this.limit || perDay === 0) return 40 * DAY_MS;
    return Math.max(1, Math.ceil(exponential(this.stream, DAY_MS / perDay)));
  }

  showAd(): void {
    const { region, plan, stream } = this;
    if (this.shown >= this.limit) return;
    this.shown++;
    const patron = stream.below(region.patrons.count);
    const impressionId = region.impressions.nextId();
    const row = region.scratch.marketing;
    row.traceId = impressionId;
    row.eventMs = region.nowMs;
    row.channel = plan.channel;
    row.campaignId = plan.id;
    row.creativeId = 1 + stream.below(CREATIVES_PER_CAMPAIGN);
    row.adCustomerId = region.patrons.firstCustomerId + patron;
    row.impressionId = impressionId;
    row.costCents = plan.costPerImpressionCents;
    row.device = stream.weighted(DEVICE_SHARES, 1);
    region.facts.marketing(row);
    region.impressions.add(patron, impressionId, region.nowMs);
    const clicked = stream.chance(CLICK_THROUGH[plan.channel]);
    const comes = stream.chance(clicked ? CONVERSION[plan.channel] : VIEW_THROUGH);
    if (comes) this.planVisit(patron, impressionId);
  }

  private planVisit(patron: number, impressionId: number): void {
    const { region } = this;
    const { nowMs } = region;
    const span = LATEST_ENTRY_MS - ATTRIBUTION_MIN_MS;
    region.plannedVisits.plan(region.homeStore(region.patrons.firstCustomerId + patron), {
      patron,
      purpose: PURPOSE.ad,
      subject: impressionId,
      atMs: nowMs + ATTRIBUTION_MIN_MS + this.stream.below(span),
      deadlineMs: nowMs + LATEST_ENTRY_MS,
    });
  }

  save(): SavedCampaign {
    return {
      campaign: this.plan,
      handle: this.handle,
      shown: this.shown,
      stream: this.stream.state(),
    };
  }

  /** Returns the saved campaign. */
  static restore(region: CampaignRegion, saved: SavedCampaign): Campaign {
    const campaign = new Campaign(region, saved.campaign);
    campaign.handle = saved.handle;
    campaign.shown = saved.shown;
    campaign.stream = Substream.restore(saved.stream);
    return campaign;
  }
}
