/** A campaign as one region's customers see it: impressions over the days, by the hours at which people are awake. */
import type { CampaignPort } from '../domain/ports.ts';
import { nextInHoursMs } from '../engine/hourly-process.ts';
import { purposeKey, Substream } from '../engine/substream.ts';
import { DAY_MS } from '../engine/time.ts';
import { DEVICE_SHARES } from '../policy/advertising.ts';
import { ONLINE_HOUR_SHARES } from '../policy/calendar-effects.ts';
import {
  type Campaign as CampaignPlan,
  CREATIVES_PER_CAMPAIGN,
  plannedImpressions,
} from '../policy/campaigns.ts';
import { ZoneTime } from '../policy/local-time.ts';
import type { ShownAd } from './ad-responses.ts';
import type { RegionServices } from './services.ts';

const ADS = purposeKey('campaign', 'impressions');
const HOURS = 24;

/** The parts of its region that a campaign uses. */
export interface CampaignRegion extends RegionServices {
  readonly patrons: { readonly firstCustomerId: number };
  readonly audience: {
    draw(nowMs: number, stream: Substream): number;
    show(patron: number, nowMs: number): { impressionId: number; readiness: number };
  };
  readonly adResponses: { consider(ad: ShownAd): void };
  readonly campaigns: { ended(campaign: Campaign): void };
}

/** State of a campaign in a checkpoint. */
export type SavedCampaign = {
  campaign: CampaignPlan;
  handle: number;
  shown: number;
  due: boolean;
  stream: number[];
};

export class Campaign implements CampaignPort {
  private readonly region: CampaignRegion;
  private readonly plan: CampaignPlan;
  private readonly zone: ZoneTime;
  handle = 0;
  private shown = 0;
  /** False if no impression falls into the next day. */
  private due = false;
  private stream: Substream;
  /** Number of impressions that the region's share of the budget pays for. */
  private readonly limit: number;

  constructor(region: CampaignRegion, plan: CampaignPlan) {
    this.region = region;
    this.plan = plan;
    this.zone = new ZoneTime(region.plan.dc.timeZone);
    this.stream = Substream.of(region.seed, ADS, region.plan.id * 1_000_000 + plan.id);
    this.limit = Math.floor(plannedImpressions(plan, region.plan, region.effects));
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
    const nextMs =
      this.shown < this.limit
        ? nextInHoursMs(this.region.nowMs, this.stream, (hourMs) => this.impressionsPerMs(hourMs))
        : undefined;
    this.due = nextMs !== undefined;
    return nextMs ?? DAY_MS;
  }

  /** Expected impressions per ms in the hour that begins at an instant: people look at ads when they shop online. */
  private impressionsPerMs(hourMs: number): number {
    const { region, plan } = this;
    const hour = Math.floor(this.zone.localMinute(hourMs) / 60);
    const perDay = plan.impressionsPerDay * region.plan.customerShare;
    const factor = region.effects.adImpressions(region.plan.id, plan.channel, hourMs);
    return (perDay * ONLINE_HOUR_SHARES[hour] * HOURS * factor) / DAY_MS;
  }

  showAd(): void {
    const { region, plan, stream } = this;
    if (!this.due) return;
    const { nowMs } = region;
    const patron = region.audience.draw(nowMs, stream);
    const creativeId = 1 + stream.below(CREATIVES_PER_CAMPAIGN);
    const device = stream.weighted(DEVICE_SHARES, 1);
    if (patron < 0) return;
    this.shown++;
    const { impressionId, readiness } = region.audience.show(patron, nowMs);
    const row = region.scratch.marketing;
    row.traceId = impressionId;
    row.eventMs = nowMs;
    row.channel = plan.channel;
    row.campaignId = plan.id;
    row.creativeId = creativeId;
    row.adCustomerId = region.patrons.firstCustomerId + patron;
    row.impressionId = impressionId;
    row.costCents = plan.costPerImpressionCents;
    row.device = device;
    region.facts.marketing(row);
    const { channel, id } = plan;
    region.adResponses.consider({
      patron,
      impressionId,
      readiness,
      channel,
      campaignId: id,
      device,
    });
  }

  save(): SavedCampaign {
    return {
      campaign: this.plan,
      handle: this.handle,
      shown: this.shown,
      due: this.due,
      stream: this.stream.state(),
    };
  }

  /** Returns the saved campaign. */
  static restore(region: CampaignRegion, saved: SavedCampaign): Campaign {
    const campaign = new Campaign(region, saved.campaign);
    campaign.handle = saved.handle;
    campaign.shown = saved.shown;
    campaign.due = saved.due;
    campaign.stream = Substream.restore(saved.stream);
    return campaign;
  }
}
