/** A campaign as one region's customers see it: impressions over the days, and the visits they lead to. */
import { idBase, idOf } from '../domain/ids.ts';
import type { CampaignRun } from '../domain/ports.ts';
import { purposeKey, Substream } from '../engine/substream.ts';
import { DAY_MS } from '../engine/time.ts';
import { exponential } from '../engine/variates.ts';
import {
  ATTRIBUTION_MIN_MS,
  type Campaign,
  CLICK_THROUGH,
  CONVERSION,
  CREATIVES_PER_CAMPAIGN,
  LATEST_ENTRY_MS,
  VIEW_THROUGH,
} from '../policy/campaigns.ts';
import { planVisitTo } from './planned-visits.ts';
import type { Region } from './region.ts';
import { PURPOSE } from './visit.ts';

const ADS = purposeKey('campaign', 'impressions');
const DEVICE_SHARES = [0.6, 0.3, 0.1];

export class AdRun implements CampaignRun {
  readonly region: Region;
  readonly campaign: Campaign;
  handle = 0;
  shown = 0;
  stream: Substream;
  /** What the region's share of the budget pays for. */
  private readonly limit: number;

  constructor(region: Region, campaign: Campaign) {
    this.region = region;
    this.campaign = campaign;
    this.stream = Substream.of(region.seed, ADS, region.plan.id * 1_000_000 + campaign.id);
    const impressions = campaign.budgetCents / campaign.costPerImpressionCents;
    this.limit = Math.floor(impressions * region.plan.customerShare);
  }

  untilStartMs(): number {
    return Math.max(0, this.campaign.startMs - this.region.nowMs);
  }

  untilEndMs(): number {
    return Math.max(1, this.campaign.endMs - this.region.nowMs);
  }

  end(): void {
    this.region.adRuns.delete(this.handle);
  }

  nextImpressionMs(): number {
    const perDay = this.campaign.impressionsPerDay * this.region.plan.customerShare;
    if (this.shown >= this.limit || perDay === 0) return 40 * DAY_MS;
    return Math.max(1, Math.ceil(exponential(this.stream, DAY_MS / perDay)));
  }

  showAd(): void {
    const { region, campaign, stream } = this;
    if (this.shown >= this.limit) return;
    this.shown++;
    const patron = stream.below(region.patrons.count);
    const impressionId = idOf(region.impressionBase, region.impressions++);
    const row = region.scratch.marketing;
    row.traceId = impressionId;
    row.eventMs = region.nowMs;
    row.channel = campaign.channel;
    row.campaignId = campaign.id;
    row.creativeId = 1 + stream.below(CREATIVES_PER_CAMPAIGN);
    row.adCustomerId = region.patrons.firstCustomerId + patron;
    row.impressionId = impressionId;
    row.costCents = campaign.costPerImpressionCents;
    row.device = stream.weighted(DEVICE_SHARES, 1);
    region.facts.marketing(row);
    region.touches.add(patron, impressionId, region.nowMs);
    const clicked = stream.chance(CLICK_THROUGH[campaign.channel]);
    const comes = stream.chance(clicked ? CONVERSION[campaign.channel] : VIEW_THROUGH);
    if (comes) this.planVisit(patron, impressionId);
  }

  private planVisit(patron: number, impressionId: number): void {
    const { region, stream } = this;
    const floor = region.homeFloor(region.patrons.firstCustomerId + patron);
    const span = LATEST_ENTRY_MS - ATTRIBUTION_MIN_MS;
    const atMs = region.nowMs + ATTRIBUTION_MIN_MS + stream.below(span);
    const deadlineMs = region.nowMs + LATEST_ENTRY_MS;
    planVisitTo(floor, patron, PURPOSE.ad, impressionId, atMs, deadlineMs);
  }
}

/** First impression id of a region. */
export function impressionBase(regionId: number): number {
  return idBase('impression', regionId);
}
