/** The campaigns of a region that are planned or running, by handle. */
import type { Json, Sections } from '../domain/plain-data.ts';
import type { Campaign as CampaignPlan } from '../policy/campaigns.ts';
import { Campaign, type CampaignRegion, type SavedCampaign } from './campaign.ts';
import type { SavedState, StatefulPart } from './state.ts';

export class Campaigns implements StatefulPart {
  private readonly region: CampaignRegion;
  private readonly open = new Map<number, Campaign>();

  constructor(region: CampaignRegion) {
    this.region = region;
  }

  start(plan: CampaignPlan): void {
    const campaign = new Campaign(this.region, plan);
    campaign.handle = this.region.start('campaign', campaign);
    this.open.set(campaign.handle, campaign);
  }

  ended(campaign: Campaign): void {
    this.open.delete(campaign.handle);
  }

  save(): Sections {
    return { adRuns: [...this.open.values()].map((one) => one.save() as unknown as Json) };
  }

  restore(saved: SavedState): void {
    for (const one of saved.json<SavedCampaign[]>('adRuns')) {
      this.open.set(one.handle, Campaign.restore(this.region, one));
    }
  }

  actors(): Iterable<Campaign> {
    return this.open.values();
  }
}
